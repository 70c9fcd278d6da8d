import { columnsOf } from '../expression/columns-of';
import { inferType } from '../expression/infer-type';
import type { ParseExpression, ParseResult } from '../expression/parse-result';
import { BOOLEAN, typeWithArticle, type SqlType } from '../expression/sql-type';
import type { UserExpression } from '../spec/pipeline-spec';
import { insteadOfDottedName } from './dotted-names';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

/** What has become of an expression; without both, another check reports the column that it needs. */
export interface Reading {
  readonly expression?: UserExpression;
  readonly problems: readonly Problem[];
}

/** Parses and types user expressions. Checks and rendering ask for the same ones, so each text is parsed once. */
export class ExpressionReader {
  private readonly parsed = new Map<string, ParseResult>();

  /** @param parser the parser, or what loads it when the first expression comes. */
  public constructor(private readonly parser: () => ParseExpression) {}

  /** An expression that rows are chosen by. */
  public predicate(path: string, text: string, columns: TableColumns): Reading {
    const reading = this.read(path, text, columns);
    if (!reading.tree) return { problems: reading.problems };
    if (reading.type && reading.type.kind !== 'boolean') {
      const what = `a predicate is a boolean, this is ${typeWithArticle(reading.type)}`;
      return { problems: [{ path, what, value: text, fix: 'compare it with something' }] };
    }
    // A function whose type is not known here is taken at its word: Athena decides.
    return { expression: { text, tree: reading.tree, type: BOOLEAN }, problems: [] };
  }

  /** An expression that a column is computed by. */
  public value(path: string, text: string, columns: TableColumns): Reading {
    const reading = this.read(path, text, columns);
    if (!reading.tree) return { problems: reading.problems };
    if (!reading.type) {
      const fix = `wrap it in CAST: CAST(${text} AS type)`;
      return { problems: [{ path, what: 'the type of the expression is not known', value: text, fix }] };
    }
    return { expression: { text, tree: reading.tree, type: reading.type }, problems: [] };
  }

  private read(path: string, text: string, columns: TableColumns): Omit<Reading, 'expression'> & Partial<UserExpression> {
    const parsed = this.parse(text);
    if (parsed.kind === 'failed') {
      const problems = parsed.problems.map(problem => {
        const fix = problem.dottedName ? insteadOfDottedName(problem.dottedName, columns) : problem.fix;
        return { path: at(path, problem), what: problem.message, value: text, fix };
      });
      return { problems };
    }
    if (columnsOf(parsed.tree).some(name => columns.unresolved.has(name))) return { problems: [] };
    const inference = inferType(parsed.tree, columns.data);
    const problems = inference.problems.map(({ node, message, fix }) => {
      return { path: at(path, parsed.positions.get(node)), what: message, value: text, fix };
    });
    if (problems.length > 0) return { problems };
    return { tree: inference.tree, ...typed(inference.type), problems: [] };
  }

  private parse(text: string): ParseResult {
    const known = this.parsed.get(text) ?? this.parser()(text);
    this.parsed.set(text, known);
    return known;
  }
}

function at(path: string, position: { readonly line: number; readonly column: number } | undefined): string {
  return position ? `${path} line ${position.line} column ${position.column}` : path;
}

function typed(type: SqlType | undefined): { type?: SqlType } {
  return type ? { type } : {};
}
