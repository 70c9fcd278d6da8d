/** A name as a heading: `total_revenue` is "Total revenue", `revenue_7d` is "Revenue 7d". */
export function inWords(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
