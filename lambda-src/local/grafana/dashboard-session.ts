/**
 * What the embedded engine lacks of what dashboards say: tables without a database, which the data source names, and a function that
 * it has by another name.
 */
export const DASHBOARD_SESSION = "SET search_path = 'gold'; CREATE OR REPLACE TEMP MACRO sequence(first, last) AS generate_series(first, last)";
