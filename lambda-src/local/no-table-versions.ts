import type { TableVersions } from '../ports/table-versions';

/** The embedded engine's catalog keeps no former entries. */
export const NO_TABLE_VERSIONS: TableVersions = {
  list: async () => [],
  delete: async () => undefined,
};
