import type { Literal } from '../../src/expression/expression';
import type { SqlType } from '../../src/expression/sql-type';
import type {
  AddColumns, Aggregate, BronzeRun, CreateTable, FromJson, FromMicros, GrafanaBound, GrafanaPrecision, Join, MergeBranch, Optimize,
  OrderItem, Query, Relation, SetProperties, SqlExpression, Statement, TableName, Vacuum, WidenColumn,
} from './nodes';

/**
 * Turns a tree into text. What both dialects share is here; a dialect gives names, types, literals, functions and the leaves
 * that engines spell differently. This is the one place where SQL text is made.
 */
export abstract class SqlCompiler {
  protected abstract tableName(table: TableName): string;
  protected abstract typeName(type: SqlType): string;
  protected abstract literal(literal: Literal): string;
  protected abstract call(call: Extract<SqlExpression, { kind: 'call' }>): string;
  protected abstract binary(binary: Extract<SqlExpression, { kind: 'binary' }>): string;
  protected abstract fromMicros(node: FromMicros): string;
  protected abstract fromJson(node: FromJson): string;
  protected abstract bronzeRun(run: BronzeRun): string;
  protected abstract createTable(statement: CreateTable): string;
  protected abstract addColumns(statement: AddColumns): string;
  protected abstract setProperties(statement: SetProperties): string;
  protected abstract optimize(statement: Optimize): string;
  protected abstract vacuum(statement: Vacuum): string;
  protected abstract widenColumn(statement: WidenColumn): string;

  public statement(statement: Statement): string {
    switch (statement.kind) {
      case 'create-table': return this.createTable(statement);
      case 'add-columns': return this.addColumns(statement);
      case 'set-properties': return this.setProperties(statement);
      case 'optimize': return this.optimize(statement);
      case 'vacuum': return this.vacuum(statement);
      case 'delete': return `DELETE FROM ${this.tableName(statement.target)}\nWHERE ${this.expression(statement.where)}`;
      case 'widen-column': return this.widenColumn(statement);
      case 'create-view': return `CREATE OR REPLACE VIEW ${this.tableName(statement.view)} AS\n${this.query(statement.query)}`;
      case 'insert': {
        const columns = statement.columns.map(name => this.identifier(name)).join(', ');
        return `INSERT INTO ${this.tableName(statement.target)} (${columns})\n${this.query(statement.query)}`;
      }
      case 'merge': return [
        `MERGE INTO ${this.tableName(statement.target)} AS t`,
        `USING (\n${indent(this.query(statement.source))}\n) AS s`,
        `ON ${this.expression(statement.on)}`,
        ...statement.branches.map(branch => this.mergeBranch(branch)),
      ].join('\n');
    }
  }

  public query(query: Query): string {
    const commonTables = (query.with ?? []).map(({ name, query: inner }) => `${this.identifier(name)} AS (\n${indent(this.query(inner))}\n)`);
    const prefix = commonTables.length > 0 ? `WITH ${commonTables.join(', ')}\n` : '';
    if (query.kind !== 'select') {
      return prefix + query.queries.map(inner => this.query(inner)).join(query.kind === 'union' ? '\nUNION\n' : '\nUNION ALL\n');
    }
    const items = query.columns.map(({ expression, as }) => `${this.expression(expression)} AS ${this.identifier(as)}`);
    return prefix + [
      `SELECT${query.distinct ? ' DISTINCT' : ''}${items.length > 3 ? `\n${indent(items.join(',\n'))}` : ` ${items.join(', ')}`}`,
      ...query.from ? [`FROM ${this.relation(query.from)}`] : [],
      ...(query.joins ?? []).map(join => this.join(join)),
      ...query.where ? [`WHERE ${this.expression(query.where)}`] : [],
      ...query.groupBy && query.groupBy.length > 0 ? [`GROUP BY ${this.list(query.groupBy)}`] : [],
      ...query.orderBy ? [`ORDER BY ${this.order(query.orderBy)}`] : [],
      ...query.limit !== undefined ? [`LIMIT ${query.limit}`] : [],
    ].join('\n');
  }

  public expression(expression: SqlExpression): string {
    switch (expression.kind) {
      case 'column': return expression.table ? `${expression.table}.${this.identifier(expression.name)}` : this.identifier(expression.name);
      case 'literal': return this.literal(expression);
      case 'call': return this.call(expression);
      case 'cast': return `CAST(${this.expression(expression.expression)} AS ${this.typeName(expression.type)})`;
      case 'try-cast': return `TRY_CAST(${this.expression(expression.expression)} AS ${this.typeName(expression.type)})`;
      case 'case': return [
        'CASE',
        ...expression.operand ? [this.expression(expression.operand)] : [],
        ...expression.branches.map(({ when, then }) => `WHEN ${this.expression(when)} THEN ${this.expression(then)}`),
        ...expression.otherwise ? [`ELSE ${this.expression(expression.otherwise)}`] : [],
        'END',
      ].join(' ');
      case 'and': case 'or': return expression.operands.map(operand => this.operand(operand)).join(` ${expression.kind.toUpperCase()} `);
      case 'not': return `NOT ${this.operand(expression.operand)}`;
      case 'negate': return `- ${this.operand(expression.operand)}`;
      case 'binary': return this.binary(expression);
      case 'is-null': return `${this.operand(expression.operand)} IS NULL`;
      case 'is-not-null': return `${this.operand(expression.operand)} IS NOT NULL`;
      case 'is-distinct': return `${this.operand(expression.left)} IS DISTINCT FROM ${this.operand(expression.right)}`;
      case 'is-not-distinct': return `${this.operand(expression.left)} IS NOT DISTINCT FROM ${this.operand(expression.right)}`;
      case 'between': case 'not-between': {
        const operator = expression.kind === 'between' ? 'BETWEEN' : 'NOT BETWEEN';
        return `${this.operand(expression.operand)} ${operator} ${this.operand(expression.low)} AND ${this.operand(expression.high)}`;
      }
      case 'in': return `${this.operand(expression.operand)} IN (${this.list(expression.values)})`;
      case 'not-in': return `${this.operand(expression.operand)} NOT IN (${this.list(expression.values)})`;
      case 'like': case 'not-like': {
        const escape = expression.escape ? ` ESCAPE ${this.expression(expression.escape)}` : '';
        return `${this.operand(expression.operand)} ${expression.kind === 'like' ? 'LIKE' : 'NOT LIKE'} ${this.operand(expression.pattern)}${escape}`;
      }
      case 'aggregate': return this.aggregate(expression);
      case 'row-number': {
        const partition = expression.partitionBy.length > 0 ? `PARTITION BY ${this.list(expression.partitionBy)} ` : '';
        return `row_number() OVER (${partition}ORDER BY ${this.order(expression.orderBy)})`;
      }
      case 'lead': {
        const partition = expression.partitionBy.length > 0 ? `PARTITION BY ${this.list(expression.partitionBy)} ` : '';
        return `lead(${this.expression(expression.operand)}) OVER (${partition}ORDER BY ${this.order(expression.orderBy)})`;
      }
      case 'later': {
        const { time, count, unit, type } = expression;
        const moved = `${this.operand(time)} + ${this.operand(count)} * INTERVAL '1' ${unit.toUpperCase()}`;
        // A date and an interval are a timestamp on one engine.
        return type === 'date' ? `CAST(${moved} AS date)` : moved;
      }
      case 'from-micros': return this.fromMicros(expression);
      case 'from-json': return this.fromJson(expression);
      case 'grafana-time-filter': return grafanaTimeFilter(this.expression(expression.operand), expression.precision);
      case 'grafana-bound': return grafanaBound(expression);
      case 'grafana-choice': return `\${${expression.variable}:sqlstring}`;
    }
  }

  /** An identifier in a query or in DML. */
  protected identifier(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
  }

  protected string(value: string): string {
    return `'${value.replaceAll("'", "''")}'`;
  }

  protected list(expressions: readonly SqlExpression[]): string {
    return expressions.map(expression => this.expression(expression)).join(', ');
  }

  /** In parentheses unless it binds tighter than any operator. */
  protected operand(expression: SqlExpression): string {
    const sql = this.expression(expression);
    return ATOMS.has(expression.kind) ? sql : `(${sql})`;
  }

  protected aggregate({ function: name, arguments: parameters, where }: Aggregate): string {
    const list = this.list(parameters);
    const call = name === 'count-distinct' ? `count(DISTINCT ${list})` : `${name}(${list || '*'})`;
    return where ? `${call} FILTER (WHERE ${this.expression(where)})` : call;
  }

  private relation(relation: Relation): string {
    switch (relation.kind) {
      case 'table': return `${this.tableName(relation.table)} AS ${relation.as}`;
      case 'bronze-run': return `(\n${indent(this.bronzeRun(relation.run))}\n) AS ${relation.as}`;
      case 'subquery': return `(\n${indent(this.query(relation.query))}\n) AS ${relation.as}`;
      case 'common-table': return `${this.identifier(relation.name)} AS ${relation.as}`;
      case 'sequence': return `UNNEST(sequence(0, ${this.expression(relation.last)})) AS ${relation.as}(${this.identifier(relation.column)})`;
    }
  }

  private join(join: Join): string {
    if (join.type === 'cross') return `CROSS JOIN ${this.relation(join.relation)}`;
    return `${join.type === 'left' ? 'LEFT JOIN' : 'JOIN'} ${this.relation(join.relation)} ON ${this.expression(join.on)}`;
  }

  private order(items: readonly OrderItem[]): string {
    return items.map(({ expression, direction }) => `${this.expression(expression)}${direction === 'desc' ? ' DESC' : ''}`).join(', ');
  }

  private mergeBranch(branch: MergeBranch): string {
    // A condition on every branch: DuckDB puts an unconditional one first, whatever the order in the text.
    const condition = branch.and ? this.expression(branch.and) : 'TRUE';
    const when = `WHEN ${branch.when === 'matched' ? 'MATCHED' : 'NOT MATCHED'} AND ${condition} THEN`;
    switch (branch.then) {
      case 'delete': return `${when} DELETE`;
      case 'update': {
        const assignments = branch.set.map(({ column, value }) => `${this.identifier(column)} = ${this.expression(value)}`);
        return `${when} UPDATE SET ${assignments.join(', ')}`;
      }
      case 'insert': {
        const columns = branch.values.map(({ column }) => this.identifier(column)).join(', ');
        return `${when} INSERT (${columns}) VALUES (${this.list(branch.values.map(({ value }) => value))})`;
      }
    }
  }
}

/** The plugin's own date is a timestamp, and its timestamps have seconds. */
function grafanaBound({ bound, precision }: Pick<GrafanaBound, 'bound' | 'precision'>): string {
  const macro = `$__rawTime${bound === 'from' ? 'From' : 'To'}`;
  switch (precision) {
    case 'date': return `DATE ${macro}('yyyy-MM-dd')`;
    case 'hour': return `TIMESTAMP ${macro}('yyyy-MM-dd HH:00:00')`;
    case 'minute': return `TIMESTAMP ${macro}('yyyy-MM-dd HH:mm:00')`;
  }
}

function grafanaTimeFilter(time: string, precision: GrafanaPrecision): string {
  if (precision === 'date') return `$__dateFilter(${time})`;
  const [from, to] = [grafanaBound({ bound: 'from', precision }), grafanaBound({ bound: 'to', precision })];
  // Where the hour is enough, times are whole hours; else the minute at hand counts to its end.
  return precision === 'hour' ? `${time} BETWEEN ${from} AND ${to}` : `${time} >= ${from} AND ${time} < ${to} + INTERVAL '1' MINUTE`;
}

const ATOMS: ReadonlySet<string> = new Set([
  'column', 'literal', 'call', 'cast', 'try-cast', 'case', 'aggregate', 'from-micros', 'from-json', 'grafana-bound', 'grafana-choice',
]);

/** A line end inside quotes is part of a value or a name, and stays as it is. */
export function indent(sql: string): string {
  return `  ${sql.replace(/('[^']*'|"[^"]*")|\n/g, (_, quoted: string | undefined) => quoted ?? '\n  ')}`;
}
