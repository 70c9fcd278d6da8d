import { TrinoSqlLexer } from 'dt-sql-parser/dist/lib/trino/TrinoSqlLexer';
import type { StandaloneExpressionContext, TrinoSqlParser } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';
import { closestName } from '../../../src/expression/closest-name';
import type { ParseProblem, TextPosition } from '../../../src/expression/parse-result';

/** What the grammar makes of a text. */
export interface GrammarResult {
  readonly context: StandaloneExpressionContext;
  readonly problems: readonly ParseProblem[];
}

/** What the grammar says of a token or a rule's start. */
interface GrammarToken {
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly type: number;
  readonly tokenIndex: number;
  readonly text?: string;
}

type ErrorListener = ReturnType<TrinoSQL['createErrorListener']>;

/** Nested deeper, the grammar needs too long to tell an expression from a subquery. */
const MAX_NESTING = 32;

const FORBIDDEN_TOKENS: { readonly [type: number]: readonly [message: string, fix: string] } = {
  [TrinoSqlLexer.LINE_COMMENT]: ['a comment', 'leave the comment out'],
  [TrinoSqlLexer.BRACKETED_COMMENT]: ['a comment', 'leave the comment out'],
  [TrinoSqlLexer.SEMICOLON]: ["';' ends a statement", 'write one expression and nothing after it'],
  [TrinoSqlLexer.BACKQUOTED_IDENTIFIER]: ['a name in backticks', 'write the name as it is'],
  [TrinoSqlLexer.QUESTION_MARK]: ["'?' stands for a parameter", 'write the value'],
  [TrinoSqlLexer.UNICODE_STRING]: ['a string with U& escapes', "write the characters themselves: 'é'"],
  [TrinoSqlLexer.BINARY_LITERAL]: ["a binary literal X'…'", 'compare to_hex(column) with text'],
  [TrinoSqlLexer.DIGIT_IDENTIFIER]: ['a name that begins with a digit', 'begin the name with a letter'],
  [TrinoSqlLexer.UNRECOGNIZED]: ['a character that is no SQL', 'remove it; text stands in single quotes'],
};

const UNCLOSED = ['a quote that is never closed', "close it; a quote inside text is written twice: 'it''s'"] as const;

/** Reads one expression and tells what is no SQL, and which kinds of words no expression may hold. */
export function readGrammar(text: string): GrammarResult {
  const syntax = new SyntaxProblems();
  const parser = new TrinoExpressions(syntax).createParser(text, () => undefined) as TrinoSqlParser;
  const tokens = tokensOf(parser);
  const forbidden = [...forbiddenTokens(tokens), ...deepNesting(tokens)];
  if (forbidden.length > 0) return { context: undefined as never, problems: forbidden };
  const context = parser.standaloneExpression();
  const rest = tokens[parser.tokenStream.index];
  if (syntax.problems.length === 0 && rest && rest.type > 0) syntax.add(rest);
  return { context, problems: syntax.problems.map(problem => ({ ...problem, ...foreignSyntax(tokens, problem) })) };
}

/** How other dialects write what Trino writes differently, by the words around the place where the grammar gave up. */
const FOREIGN: readonly (readonly [before: RegExp, at: RegExp, fix: string])[] = [
  [/^=$/, /^=$/, "compare with one '='"],
  [/^/, /^:$/, 'write CAST(column AS type)'],
  [/^:$/, /^/, 'write CAST(column AS type)'],
  [/^not$/i, /^ilike$/i, "write lower(column) NOT LIKE 'text%'"],
  [/^/, /^ilike$/i, "write lower(column) LIKE 'text%'"],
  [/^/, /^(rlike|regexp)$/i, "write regexp_like(column, 'pattern')"],
  [/^/, /^left$/i, 'write substr(text, 1, length)'],
  [/^/, /^right$/i, 'write substr(text, -length)'],
  [/^/, /^(bigint|boolean|date|decimal|double|integer|timestamp|varchar)$/i, 'write CAST(column AS type)'],
];

/** Reports where a text stops being SQL, without the grammar's long list of all that could stand there. */
class SyntaxProblems {
  public readonly problems: ParseProblem[] = [];

  public add(token: GrammarToken): void {
    const ends = token.type <= 0;
    this.problems.push({
      line: token.line,
      column: token.column + 1,
      message: ends ? 'the expression ends too early' : `unexpected '${shortened(token.text ?? '')}'`,
      fix: ends ? 'complete it' : 'write one SQL expression as Trino has it',
    });
  }
}

/** The library's Trino grammar with our own error listener: the library's looks for completions, which takes seconds. */
class TrinoExpressions extends TrinoSQL {
  public constructor(private readonly syntax: SyntaxProblems) {
    super();
  }

  public createErrorListener(): ErrorListener {
    const listener = {
      syntaxError: (_recognizer: unknown, token: GrammarToken | null, line: number, column: number): void => {
        // One error makes the rest of the text look wrong too.
        if (this.syntax.problems.length === 0) this.syntax.add(token ?? { line, column, type: 1, tokenIndex: -1 });
      },
      reportAmbiguity: () => undefined,
      reportAttemptingFullContext: () => undefined,
      reportContextSensitivity: () => undefined,
    };
    return listener as unknown as ErrorListener;
  }
}

function tokensOf(parser: TrinoSqlParser): readonly GrammarToken[] {
  return (parser.tokenStream as unknown as { getTokens(): GrammarToken[] }).getTokens();
}

function forbiddenTokens(tokens: readonly GrammarToken[]): ParseProblem[] {
  return tokens.filter(token => token.type in FORBIDDEN_TOKENS).map(token => {
    const [message, fix] = token.text === "'" || token.text === '"' ? UNCLOSED : FORBIDDEN_TOKENS[token.type];
    return { ...positionOf(token), message: `${message}: '${shortened(token.text ?? '')}'`, fix };
  });
}

function foreignSyntax(tokens: readonly GrammarToken[], problem: ParseProblem): { readonly fix?: string } {
  const words = tokens.filter(token => token.text?.trim());
  const place = words.findIndex(token => token.line === problem.line && token.column + 1 === problem.column);
  const [before, at] = [words[place - 1]?.text ?? '', words[place]?.text ?? ''];
  const found = FOREIGN.find(([previous, text]) => previous.test(before) && text.test(at));
  if (found) return { fix: found[2] };
  return endsValue(before) && beginsValue(at) ? { fix: operatorBetween(before, at) } : {};
}

/** Two values side by side: the word that was to join them is misspelt, or there is none. */
function operatorBetween(before: string, at: string): string {
  const closest = at.length > 1 ? closestName(at, OPERATOR_WORDS) : undefined;
  return closest ? `did you mean '${closest}'?` : `write AND, OR or another operator between '${shortened(before)}' and '${shortened(at)}'`;
}

function endsValue(text: string): boolean {
  return /^[\w'")\]]/.test(text) && !KEYWORDS.has(text.toLowerCase());
}

function beginsValue(text: string): boolean {
  return /^[\w'"(]/.test(text) && !KEYWORDS.has(text.toLowerCase());
}

const OPERATOR_WORDS = ['AND', 'BETWEEN', 'ELSE', 'IN', 'IS', 'LIKE', 'OR', 'THEN', 'WHEN'];
const KEYWORDS: ReadonlySet<string> = new Set([
  ...OPERATOR_WORDS.map(word => word.toLowerCase()),
  ...'as asc by case cast desc distinct escape from group having join limit not null on order over select try_cast union where with'.split(' '),
]);

function deepNesting(tokens: readonly GrammarToken[]): ParseProblem[] {
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(' || token.text === '[' || token.text?.toLowerCase() === 'case') depth += 1;
    if (token.text === ')' || token.text === ']' || token.text?.toLowerCase() === 'end') depth -= 1;
    if (depth > MAX_NESTING) {
      return [{ ...positionOf(token), message: `more than ${MAX_NESTING} levels of brackets and CASE`, fix: 'split the expression' }];
    }
  }
  return [];
}

function positionOf(token: GrammarToken): TextPosition {
  return { line: token.line, column: token.column + 1 };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
