/** A deployment that lacks what its handler needs. */
export class MissingEnvironmentError extends Error {
  public readonly name = 'MissingEnvironmentError';
}

export function requireEnvironment(variable: string, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[variable];
  if (value === undefined || value === '') {
    throw new MissingEnvironmentError(`the environment variable ${variable} is ${value === '' ? 'empty' : 'not set'}: `
      + 'the construct sets it, so deploy the stack again without changes made by hand');
  }
  return value;
}
