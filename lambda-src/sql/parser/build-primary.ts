import * as P from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser';
import type { Expression } from '../../../src/expression/expression';
import { BOOLEAN, VARCHAR } from '../../../src/expression/sql-type';
import type { ExpressionBuilder } from './build-expression';
import { numberLiteral, stringValue, typedLiteral } from './build-literal';
import { castType } from './build-type';
import { positionOf } from './position';
import { refuse, refuseDottedName } from './refused';
import { refuseClock, refuseFunction } from './refused-functions';

/** Two names for one function become one, so that nobody further on has to know both. */
const ALIASES: { readonly [name: string]: string } = {
  substring: 'substr',
  ceil: 'ceiling',
  pow: 'power',
  dow: 'day_of_week',
  doy: 'day_of_year',
  day_of_month: 'day',
  week_of_year: 'week',
  char_length: 'length',
  character_length: 'length',
};

const EXTRACTABLE = new Set(['year', 'quarter', 'month', 'week', 'day', 'day_of_week', 'day_of_year', 'hour', 'minute', 'second']);

const SUBQUERY = ['a subquery', 'an expression sees one row; bring the column in with Enrichment.join'] as const;
const NESTED_VALUE = ['a row or array of values', 'compare the values one by one, or use IN (…)'] as const;
const FIELD = ['a name with a dot', 'fields of a struct cannot be read in an expression yet: declare the attribute as Column.json() too, '
  + "in a column of its own, and use json_extract_scalar(column, '$.field')"] as const;
const JSON_SYNTAX = ['an SQL/JSON function', 'use json_extract_scalar(column, path)'] as const;

/** Valid Trino that an expression may not hold. */
const REFUSED: readonly (readonly [type: abstract new (...parts: never[]) => object, message: string, fix: string])[] = [
  [P.SubqueryExpressionContext, ...SUBQUERY],
  [P.ExistsContext, ...SUBQUERY],
  [P.RowConstructorContext, ...NESTED_VALUE],
  [P.ArrayConstructorContext, ...NESTED_VALUE],
  [P.DereferenceContext, ...FIELD],
  [P.LambdaContext, 'a lambda', 'use functions that take none'],
  [P.ParameterContext, "'?' stands for a parameter", 'write the value'],
  [P.IntervalLiteralContext, 'an INTERVAL', "use date_add('day', 7, column)"],
  [P.SubscriptContext, 'a subscript', 'use element_at(column, index)'],
  [P.JsonValueContext, ...JSON_SYNTAX],
  [P.JsonQueryContext, ...JSON_SYNTAX],
  [P.JsonExistsContext, ...JSON_SYNTAX],
  [P.JsonObjectContext, ...JSON_SYNTAX],
  [P.JsonArrayContext, ...JSON_SYNTAX],
  [P.ListAggContext, 'an aggregate function', 'an expression sees one row; aggregate with Measure'],
  [P.GroupingOperationContext, 'GROUPING', 'an expression sees one row'],
  [P.MeasureContext, 'a window function', 'an expression sees one row'],
  [P.BinaryLiteralContext, 'a binary literal', 'compare to_hex(column) with text'],
];

const CLOCKS = [P.CurrentDateContext, P.CurrentTimeContext, P.CurrentTimestampContext, P.LocalTimeContext, P.LocalTimestampContext];

/** Literals, columns, calls, CASE and CAST: what operators stand between. */
export class PrimaryBuilder {
  public constructor(private readonly builder: ExpressionBuilder) {}

  public build(context: P.PrimaryExpressionContext): Expression {
    return this.builder.at(context, () => this.literal(context) ?? this.compound(context) ?? this.special(context) ?? this.refuse(context));
  }

  private literal(context: P.PrimaryExpressionContext): Expression | undefined {
    const position = positionOf(context);
    if (context instanceof P.NumericLiteralContext) return numberLiteral(context.number(), position);
    if (context instanceof P.StringLiteralContext) {
      return { kind: 'literal', type: VARCHAR, value: stringValue(context.string(), position) };
    }
    if (context instanceof P.BooleanLiteralContext) return { kind: 'literal', type: BOOLEAN, value: context.getText().toLowerCase() };
    // Its real type comes from what stands around it: type inference sets it.
    if (context instanceof P.NullLiteralContext) return { kind: 'literal', type: VARCHAR, value: null };
    if (context instanceof P.TypeConstructorContext) {
      const name = context.identifier()?.getText().toLowerCase() ?? 'double';
      return typedLiteral(name, stringValue(context.string(), position), position);
    }
    return undefined;
  }

  private compound(context: P.PrimaryExpressionContext): Expression | undefined {
    if (context instanceof P.ParenthesizedExpressionContext) return this.builder.expression(context.expression());
    if (context instanceof P.ColumnReferenceContext) {
      return { kind: 'column', name: singleName(context.columnName().qualifiedName()) };
    }
    if (context instanceof P.CastContext) {
      const expression = this.builder.expression(context.expression());
      return { kind: context.KW_TRY_CAST() ? 'try-cast' : 'cast', expression, type: castType(context.type(), positionOf(context.type())) };
    }
    if (context instanceof P.SearchedCaseContext || context instanceof P.SimpleCaseContext) return this.caseOf(context);
    if (context instanceof P.FunctionCallContext) return this.functionCall(context);
    return undefined;
  }

  /** Functions with a syntax of their own, all of which have a plain form too. */
  private special(context: P.PrimaryExpressionContext): Expression | undefined {
    if (context instanceof P.CoalesceContext) return this.call('coalesce', context.expression().map(part => this.builder.expression(part)));
    if (context instanceof P.SubstringContext) return this.call('substr', context.valueExpression().map(part => this.builder.value(part)));
    if (context instanceof P.PositionContext) {
      const [searched, text] = context.valueExpression().map(part => this.builder.value(part));
      return this.call('strpos', [text, searched]);
    }
    if (context instanceof P.TrimContext) return this.trim(context);
    if (context instanceof P.ExtractContext) {
      const written = nameOf(context.identifier());
      const name = canonicalName(written);
      if (!EXTRACTABLE.has(name)) refuse(positionOf(context), `EXTRACT(${written} FROM …)`, `extract ${[...EXTRACTABLE].join(', ')}`);
      return this.call(name, [this.builder.value(context.valueExpression())]);
    }
    return undefined;
  }

  private caseOf(context: P.SearchedCaseContext | P.SimpleCaseContext): Expression {
    const build = (part: P.ExpressionContext): Expression => this.builder.expression(part);
    const branches = context.whenClause().map(clause => ({ when: build(clause._condition!), then: build(clause._result!) }));
    const operand = context instanceof P.SimpleCaseContext ? context._operand : undefined;
    const otherwise = context._elseExpression;
    return { kind: 'case', ...(operand && { operand: build(operand) }), branches, ...(otherwise && { otherwise: build(otherwise) }) };
  }

  private functionCall(context: P.FunctionCallContext): Expression {
    const position = positionOf(context);
    const written = context.functionName().qualifiedName();
    if (written.identifier().length > 1) refuse(positionOf(written), `${FIELD[0]}: '${written.getText()}'`, 'write the name of the function alone');
    const name = canonicalName(singleName(written));
    if (context.over()) refuse(position, `'${name}' OVER (…) is a window function`, 'an expression sees one row; compute it from columns');
    refuseFunction(name, position);
    const decorated = context.filter() ?? context.setQuantifier() ?? context.KW_ORDER() ?? context.nullTreatment()
      ?? context.processingMode() ?? context.ASTERISK();
    if (decorated) refuse(position, `'${name}' with *, DISTINCT, ORDER BY or FILTER`, 'an expression sees one row; aggregate with Measure');
    return this.call(name, context.expression().map(part => this.builder.expression(part)));
  }

  private trim(context: P.TrimContext): Expression {
    if (context._trimChar) refuse(positionOf(context), 'TRIM of given characters', "use replace(column, 'x', '') or trim(column)");
    const specification = context.trimsSpecification();
    const name = specification?.KW_LEADING() ? 'ltrim' : specification?.KW_TRAILING() ? 'rtrim' : 'trim';
    return this.call(name, [this.builder.value(context._trimSource!)]);
  }

  private call(name: string, parts: readonly Expression[]): Expression {
    return { kind: 'call', name, arguments: parts };
  }

  private refuse(context: P.PrimaryExpressionContext): never {
    const position = positionOf(context);
    if (CLOCKS.some(clock => context instanceof clock)) refuseClock(context.getText().toLowerCase(), position);
    refuseFunction(context.getText().toLowerCase(), position);
    const found = REFUSED.find(([type]) => context instanceof type);
    return refuse(position, found?.[1] ?? `'${context.getText()}' is not supported`, found?.[2] ?? 'use operators, CASE, CAST and functions');
  }
}

function singleName(context: P.QualifiedNameContext): string {
  const names = context.identifier();
  if (names.length !== 1) refuseDottedName(positionOf(context), context.getText(), names.map(nameOf), FIELD[1]);
  return nameOf(names[0]);
}

/** Trino compares names without regard to case, quoted ones too. */
function nameOf(context: P.IdentifierContext): string {
  const text = context.getText();
  const name = context instanceof P.QuotedIdentifierContext ? text.slice(1, -1).replaceAll('""', '"') : text;
  return name.toLowerCase();
}

function canonicalName(name: string): string {
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
}
