import type { EnrichmentSpec, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import { generateValue, keyValue } from './generate-value';
import { Random } from './random';
import type { Change, ChangeRound, ReadItem } from './source/simulated-source';

/** How much to make up. All counts are for each table. */
export interface RowCounts {
  readonly rows: number;
  readonly updates: number;
  readonly deletes: number;
  readonly seed: number;
}

/** Shares of values that are not as they should be, so that what happens to them is seen. */
const MISSING = 0.02;
const MISFIT = 0.01;
const NO_SUCH_DIMENSION = 0.02;
const EXPIRED_DELETE = 0.1;

/** Rows for any pipeline, from its columns' types and its joins: inserts, then updates and deletes in any order. */
export function generateRows(spec: PipelineSpec, counts: RowCounts, now: Date): ChangeRound {
  const tables = Object.keys(spec.tables);
  const { rows, updates, deletes } = counts;
  return {
    title: 'generated rows',
    size: tables.length * (rows + updates + deletes),
    changes: read => new RowGenerator(spec, counts, now).changes(tables, read),
  };
}

/** What goes on happening to the tables of `generateRows`: the same keys change, go and come back, so that no table grows. */
export function generateChanges(spec: PipelineSpec, counts: RowCounts, now: Date): ChangeRound {
  const tables = Object.keys(spec.tables);
  return {
    title: 'further changes',
    size: tables.length * (counts.updates + counts.deletes),
    changes: read => new RowGenerator(spec, counts, now).laterChanges(tables, read),
  };
}

class RowGenerator {
  private readonly random: Random;

  public constructor(private readonly spec: PipelineSpec, private readonly counts: RowCounts, private readonly now: Date) {
    this.random = new Random(counts.seed);
  }

  public* changes(tables: readonly string[], read: ReadItem): Iterable<Change> {
    // Facts before their dimensions too: the streams of two tables know no order.
    for (let row = 0; row < this.counts.rows; row++) for (const table of tables) yield { kind: 'put', table, item: this.item(table, row) };
    yield* this.laterChanges(tables, read);
  }

  public* laterChanges(tables: readonly string[], read: ReadItem): Iterable<Change> {
    const { rows, updates, deletes } = this.counts;
    const left = { updates: tables.length * updates, deletes: tables.length * deletes };
    while (rows > 0 && left.updates + left.deletes > 0) {
      const table = this.random.pick(tables);
      const row = this.random.integer(0, rows - 1);
      const kind = this.random.integer(1, left.updates + left.deletes) <= left.updates ? 'updates' : 'deletes';
      left[kind]--;
      const item = read(table, this.key(table, row));
      if (kind === 'updates') yield { kind: 'put', table, item: item ? this.changed(table, item) : this.item(table, row) };
      else yield { kind: this.random.chance(EXPIRED_DELETE) ? 'expire' : 'delete', table, key: this.key(table, row) };
    }
  }

  private key(table: string, row: number): AttributeMap {
    const { key, columns } = this.spec.tables[table];
    return Object.fromEntries(key.map(column => [columns[column].attribute, this.keyValue(table, column, row)]));
  }

  /** A key column that joins names the dimension's row of the same number, so that keys stay different. */
  private keyValue(table: string, column: string, row: number): AttributeValue {
    const join = this.joinOf(table, column);
    if (join) return this.keyValue(join.table, join.on[column], row);
    const { columns, bronzeName } = this.spec.tables[table];
    return keyValue(columns[column].type, bronzeName, row);
  }

  private item(table: string, row: number): AttributeMap {
    return { ...this.values(table, this.otherColumns(table)), ...this.key(table, row) };
  }

  /** Another value in one column, or in all columns of one join. */
  private changed(table: string, item: AttributeMap): AttributeMap {
    const others = this.otherColumns(table);
    if (others.length === 0) return item;
    const column = this.random.pick(others);
    const join = this.joinOf(table, column);
    const changing = join ? others.filter(other => Object.hasOwn(join.on, other)) : [column];
    const attributes = changing.map(name => this.spec.tables[table].columns[name].attribute);
    const rest = Object.fromEntries(Object.entries(item).filter(([attribute]) => !attributes.includes(attribute)));
    return { ...rest, ...this.values(table, changing) };
  }

  private values(table: string, columns: readonly string[]): AttributeMap {
    // One row for each join, so that all columns of a composite key point at it.
    const rows = new Map(this.spec.tables[table].enrichments.map(enrichment => [enrichment, this.dimensionRow()]));
    return Object.fromEntries(columns.flatMap(column => {
      const join = this.joinOf(table, column);
      const value = join ? this.keyValue(join.table, join.on[column], rows.get(join)!) : this.value(table, column);
      return value ? [[this.spec.tables[table].columns[column].attribute, value] as const] : [];
    }));
  }

  private value(table: string, column: string): AttributeValue | undefined {
    const definition = this.spec.tables[table];
    const { type } = definition.columns[column];
    // A rule that stops the table would stop the run.
    if (!stopsOnViolation(definition)) {
      if (this.random.chance(MISSING)) return undefined;
      if (type.kind !== 'string' && type.kind !== 'json' && this.random.chance(MISFIT)) return { S: 'not a value of this type' };
    }
    return generateValue(type, this.random, this.now);
  }

  private otherColumns(table: string): string[] {
    const { key, columns } = this.spec.tables[table];
    return Object.keys(columns).filter(column => !key.includes(column));
  }

  private dimensionRow(): number {
    return this.random.chance(NO_SUCH_DIMENSION) ? this.counts.rows + 1 : this.random.integer(0, Math.max(this.counts.rows - 1, 0));
  }

  private joinOf(table: string, column: string): EnrichmentSpec | undefined {
    return this.spec.tables[table].enrichments.find(({ on }) => Object.hasOwn(on, column));
  }
}

function stopsOnViolation({ expectations }: SilverTableSpec): boolean {
  return Object.values(expectations).some(({ action }) => action === 'fail');
}
