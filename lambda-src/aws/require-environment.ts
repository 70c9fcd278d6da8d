export class MissingEnvironmentError extends Error {
  public readonly name = 'MissingEnvironmentError';
}

/** The value of an environment variable that the construct sets. */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new MissingEnvironmentError(`environment variable ${name} is not set, though the construct sets it: deploy the stack again`);
  return value;
}
