import * as P from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser';
import type { ArithmeticOperator, ComparisonOperator, Expression, Literal } from '../../../src/expression/expression';
import type { TextPosition } from '../../../src/expression/parse-result';
import { PrimaryBuilder } from './build-primary';
import { positionOf, type Context } from './position';
import { refuse } from './refused';

/** An expression's own code recurses, so does everybody's who reads the tree. */
const MAX_DEPTH = 200;

/** Turns the grammar's parse tree into our expression; what an expression may not hold is refused where it stands. */
export class ExpressionBuilder {
  public readonly positions = new Map<Expression, TextPosition>();
  private readonly primary = new PrimaryBuilder(this);
  private depth = 0;

  public expression(context: P.ExpressionContext): Expression {
    return this.boolean(context.booleanExpression());
  }

  public value(context: P.ValueExpressionContext): Expression {
    return this.at(context, () => this.valueOf(context));
  }

  /** Notes where the node that `build` makes stands. */
  public at(context: Context, build: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) refuse(positionOf(context), 'an expression with too many steps', 'split the expression');
    const node = build();
    this.depth -= 1;
    if (!this.positions.has(node)) this.positions.set(node, positionOf(context));
    return node;
  }

  private boolean(context: P.BooleanExpressionContext): Expression {
    return this.at(context, () => {
      if (context instanceof P.AndContext) return { kind: 'and', operands: this.operands(context, P.AndContext) };
      if (context instanceof P.OrContext) return { kind: 'or', operands: this.operands(context, P.OrContext) };
      if (context instanceof P.LogicalNotContext) return { kind: 'not', operand: this.boolean(context.booleanExpression()) };
      if (context instanceof P.PredicatedContext) return this.predicated(context);
      return this.refuse(context);
    });
  }

  /** `a AND b AND c` nests to the left, however long it is: it becomes one node. */
  private operands(context: P.AndContext | P.OrContext, same: typeof P.AndContext | typeof P.OrContext): Expression[] {
    const operands: P.BooleanExpressionContext[] = [];
    let left: P.BooleanExpressionContext = context;
    while (left instanceof same) {
      operands.unshift(left.booleanExpression(1)!);
      left = left.booleanExpression(0)!;
    }
    return [left, ...operands].map(operand => this.boolean(operand));
  }

  private predicated(context: P.PredicatedContext): Expression {
    const operand = this.value(context.valueExpression());
    const predicate = context.predicate();
    return predicate ? this.predicate(operand, predicate) : operand;
  }

  private predicate(operand: Expression, context: P.PredicateContext): Expression {
    if (context instanceof P.ComparisonContext) {
      const operator = context.comparisonOperator().getText().replace('!=', '<>') as ComparisonOperator;
      return { kind: 'binary', operator, left: operand, right: this.value(context.valueExpression()) };
    }
    if (context instanceof P.BetweenContext) {
      const [low, high] = context.valueExpression().map(bound => this.value(bound));
      return { kind: context.KW_NOT() ? 'not-between' : 'between', operand, low, high };
    }
    if (context instanceof P.InListContext) {
      return { kind: context.KW_NOT() ? 'not-in' : 'in', operand, values: context.expression().map(value => this.expression(value)) };
    }
    if (context instanceof P.LikeContext) {
      const [pattern, escape] = context.valueExpression().map(part => this.value(part));
      if (escape && !isOneCharacter(escape)) refuse(positionOf(context), 'ESCAPE takes one character', "write ESCAPE '!'");
      return { kind: context.KW_NOT() ? 'not-like' : 'like', operand, pattern, ...(escape && { escape }) };
    }
    if (context instanceof P.NullPredicateContext) return { kind: context.KW_NOT() ? 'is-not-null' : 'is-null', operand };
    if (context instanceof P.DistinctFromContext) {
      const right = this.value(context.valueExpression());
      return { kind: context.KW_NOT() ? 'is-not-distinct' : 'is-distinct', left: operand, right };
    }
    return this.refuse(context);
  }

  private valueOf(context: P.ValueExpressionContext): Expression {
    if (context instanceof P.ValueExpressionDefaultContext) return this.primary.build(context.primaryExpression());
    if (context instanceof P.ArithmeticBinaryContext) return this.binary(context._operator!.text as ArithmeticOperator, context);
    if (context instanceof P.ConcatenationContext) return this.binary('||', context);
    if (context instanceof P.ArithmeticUnaryContext) {
      const operand = this.value(context.valueExpression());
      return context.MINUS() ? { kind: 'negate', operand } : operand;
    }
    if (context instanceof P.AtTimeZoneContext) {
      return refuse(positionOf(context), 'AT TIME ZONE', 'timestamps are in UTC and days are UTC days: grouping by local days is not supported '
        + 'yet; a zone on Window or on the pipeline moves windows only');
    }
    return this.refuse(context);
  }

  private binary(operator: ArithmeticOperator, context: P.ArithmeticBinaryContext | P.ConcatenationContext): Expression {
    const [left, right] = context.valueExpression().map(operand => this.value(operand));
    return { kind: 'binary', operator, left, right };
  }

  private refuse(context: Context): never {
    const subquery = context instanceof P.InSubqueryContext || context instanceof P.QuantifiedComparisonContext;
    return subquery
      ? refuse(positionOf(context), 'a subquery', 'an expression sees one row; bring the column in with Enrichment.join')
      : refuse(positionOf(context), `'${context.getText()}' is not supported`, 'write it with operators, CASE, CAST and functions');
  }
}

function isOneCharacter(expression: Expression): expression is Literal {
  return expression.kind === 'literal' && expression.type.kind === 'varchar' && expression.value?.length === 1;
}
