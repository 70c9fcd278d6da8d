import type { SqlType } from './sql-type';

/** A column, of the table under that alias where one is given. */
export interface ColumnReference {
  readonly kind: 'column';
  readonly table?: string;
  readonly name: string;
  /** Where it has been inferred: engines differ in what they do with a value of one type or another. */
  readonly type?: SqlType;
}

/** A constant with its type, so that no dialect has to guess: `1.50` is a decimal(3,2). Null is the SQL NULL of that type. */
export interface Literal {
  readonly kind: 'literal';
  readonly type: SqlType;
  /** Text as in SQL without quotes: `abc`, `42`, `1.50`, `1.5E0`, `true`, `2026-01-31`, `2026-01-31 10:00:00.000000`. */
  readonly value: string | null;
}

export interface Call<E> {
  readonly kind: 'call';
  /** Lower case, Trino's name. */
  readonly name: string;
  readonly arguments: readonly E[];
  /** Type of the result where it has been inferred. */
  readonly type?: SqlType;
}

export interface Cast<E> {
  readonly kind: 'cast' | 'try-cast';
  readonly expression: E;
  readonly type: SqlType;
}

export interface Case<E> {
  readonly kind: 'case';
  /** `CASE operand WHEN …`; without it each branch is a condition. */
  readonly operand?: E;
  readonly branches: readonly { readonly when: E; readonly then: E }[];
  readonly otherwise?: E;
}

/** `and` and `or` hold two operands or more. */
export interface Logical<E> {
  readonly kind: 'and' | 'or';
  readonly operands: readonly E[];
}

export interface Unary<E> {
  readonly kind: 'not' | 'negate';
  readonly operand: E;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '||';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface Binary<E> {
  readonly kind: 'binary';
  readonly operator: ArithmeticOperator | ComparisonOperator;
  readonly left: E;
  readonly right: E;
  /** Type of the result where it has been inferred: engines differ in what `/` gives. */
  readonly type?: SqlType;
}

export interface IsNull<E> {
  readonly kind: 'is-null' | 'is-not-null';
  readonly operand: E;
}

export interface DistinctFrom<E> {
  readonly kind: 'is-distinct' | 'is-not-distinct';
  readonly left: E;
  readonly right: E;
}

export interface Between<E> {
  readonly kind: 'between' | 'not-between';
  readonly operand: E;
  readonly low: E;
  readonly high: E;
}

export interface InList<E> {
  readonly kind: 'in' | 'not-in';
  readonly operand: E;
  readonly values: readonly E[];
}

export interface Like<E> {
  readonly kind: 'like' | 'not-like';
  readonly operand: E;
  readonly pattern: E;
  readonly escape?: E;
}

/** An expression that a user wrote, parsed: pure data, so that it travels in the spec and no SQL text has to. */
export type Expression =
  | ColumnReference | Literal | Call<Expression> | Cast<Expression> | Case<Expression> | Logical<Expression>
  | Unary<Expression> | Binary<Expression> | IsNull<Expression> | DistinctFrom<Expression> | Between<Expression>
  | InList<Expression> | Like<Expression>;
