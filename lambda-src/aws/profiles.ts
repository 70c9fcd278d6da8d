import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { closestName } from '../../src/expression/closest-name';

/** A profile that no configuration file has. */
export class UnknownProfileError extends Error {
  public readonly name = 'UnknownProfileError';
}

/**
 * Throws UnknownProfileError. The SDK takes such a profile for an empty one, and then looks for region and credentials elsewhere.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function assertProfile(profile: string, environment: NodeJS.ProcessEnv): void {
  const config = fileOf(environment.AWS_CONFIG_FILE, 'config', environment);
  const credentials = fileOf(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials', environment);
  const profiles = new Set([
    ...sections(config).flatMap(section => section === 'default' ? [section] : /^profile\s+(.+)$/.exec(section)?.slice(1) ?? []),
    ...sections(credentials),
  ].map(unquoted));
  if (profiles.has(profile)) return;
  const closest = closestName(profile, [...profiles]);
  const fix = closest !== undefined ? `did you mean '${closest}'?` : profiles.size === 0 ? 'there is none' : `there are: ${[...profiles].sort().join(', ')}`;
  throw new UnknownProfileError(`there is no profile '${profile}' in ${config} or ${credentials}; ${fix}`);
}

/** As the SDK finds it. */
function fileOf(named: string | undefined, usual: string, { HOME: home, USERPROFILE: profile }: NodeJS.ProcessEnv): string {
  const own = home || profile || homedir();
  return named ? named.replace(/^~(?=\/)/, own) : path.join(own, '.aws', usual);
}

/** What stands in square brackets at the beginning of a line. */
function sections(file: string): string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^[ \t]*\[([^\]\n]+)\]/gm)].map(([, section]) => section.trim());
}

function unquoted(name: string): string {
  return name.trim().replace(/^(["'])(.*)\1$/, '$2');
}
