import { RESERVED_WORDS } from '../spec/reserved-words';
import { absentTableName, ledgerTableName, manifestTableName, quarantineViewName } from '../spec/storage-layout';
import type { Check } from './check';
import { declaredNames, type DeclaredName } from './declared-names';
import type { Problem } from './problem';

const PATTERN = /^[a-z][a-z0-9_]*$/;
const UID_PATTERN = /^[a-zA-Z0-9_-]{1,40}$/;
const MAX_LENGTH = 128;

/** Names become identifiers, folders and file names everywhere: only what needs no quoting anywhere will do. */
export const checkNames: Check = ({ declaration }) => [
  ...declaredNames(declaration).flatMap(nameProblems),
  ...Object.keys(declaration.dashboards).filter(uid => !UID_PATTERN.test(uid)).map(uid => ({
    path: `dashboards.${uid}`,
    what: 'Grafana does not take that uid',
    value: uid,
    fix: 'use 1 to 40 letters, digits, - and _',
  })),
];

function nameProblems({ path, name, role }: DeclaredName): Problem[] {
  if (name.startsWith('_')) {
    return [{ path, what: "names that begin with '_' belong to the pipeline", value: name, fix: 'begin it with a letter' }];
  }
  if (!PATTERN.test(name)) {
    return [{ path, what: 'not a valid name', value: name, fix: `use lower-case letters, digits and _, beginning with a letter${suggestion(name)}` }];
  }
  if (role !== 'label' && RESERVED_WORDS.has(name)) {
    return [{ path, what: 'a reserved word of Athena', value: name, fix: `give it another name, such as '${name}_${role}'` }];
  }
  const longest = MAX_LENGTH - (role === 'table' ? longestAffix() : 0);
  if (name.length > longest) {
    return [{ path, what: `a name of ${name.length} characters`, value: name, fix: `use at most ${longest}` }];
  }
  return [];
}

/** What the names of tables that belong to a table add to its own. */
function longestAffix(): number {
  return Math.max(...[absentTableName, ledgerTableName, manifestTableName, quarantineViewName].map(nameFor => nameFor('').length));
}

function suggestion(name: string): string {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '');
  return PATTERN.test(snake) ? `: '${snake}'` : '';
}
