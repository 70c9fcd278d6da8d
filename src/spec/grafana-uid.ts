import { createHash } from 'node:crypto';

const LONGEST = 40;

/** The name itself where Grafana takes it as a uid, else its beginning and a hash of it. */
export function shortUid(name: string): string {
  if (name.length <= LONGEST) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, LONGEST - hash.length - 1)}-${hash}`;
}
