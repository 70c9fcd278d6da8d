/** Lake Formation has refused something that IAM allows; the message says what to grant. */
export class LakeFormationError extends Error {
  public readonly name = 'LakeFormationError';
}

/** What Glue writes (`Insufficient Lake Formation permission(s): Required Create Database on Catalog`), and Athena passes on. */
const REFUSED_BY_LAKE_FORMATION = /Lake ?Formation/i;

/** The error with what to do about it, if Lake Formation is behind it; else the error as it came. */
export function explainLakeFormation(error: unknown, databases: readonly string[]): unknown {
  if (!(error instanceof Error) || !REFUSED_BY_LAKE_FORMATION.test(error.message)) return error;
  return new LakeFormationError(`Lake Formation governs this account's Glue catalog and has refused: ${error.message}\n${ADVICE(databases)}`, { cause: error });
}

const ADVICE = (databases: readonly string[]): string => [
  `Fix: a Lake Formation administrator leaves the databases ${databases.join(', ')} to IAM, whose policies the pipeline brings along:`,
  '- where "Create Database on Catalog" is missing, grant CREATE_DATABASE on the catalog to the role of the Schema function, or create',
  '  these databases and deploy again: they are taken over',
  '- grant ALL (Super) on each of the databases and on all of their tables to IAMAllowedPrincipals',
  '- where roles are to be granted instead, grant them what docs/security.md lists',
].join('\n');
