import { isNested, typeWithArticle, type SqlType } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import type { PartitionSpec } from '../spec/pipeline-spec';
import type { Check } from './check';
import { entry, unknownName } from './lookup';
import type { Problem } from './problem';

/** One MERGE writes at most 80 partitions, so that it stays below Athena's limit of 100. */
const MAX_BUCKETS = 80;
const BUCKETABLE = ['integer', 'bigint', 'decimal', 'date', 'timestamp', 'varchar', 'varbinary'];

/** Partitions are of the table's own columns, whose type the transform takes, and each says something new. */
export const checkPartitions: Check = ({ declaration, columns }) => Object.entries(declaration.tables).flatMap(([name, table]) => [
  ...table.partitionBy.flatMap((partition, i) => {
    const path = `tables.${name}.partitionBy[${i}]`;
    const type = entry(columns[name].own, partition.column);
    // An enriched column changes without a change of the item, and would move the row unseen.
    return type ? fitProblems(path, partition, type) : [unknownName(path, 'own column', partition.column, Object.keys(columns[name].own))];
  }),
  ...redundant(`tables.${name}.partitionBy`, table.partitionBy),
  ...tooManyBuckets(`tables.${name}.partitionBy`, table.partitionBy),
]);

function fitProblems(path: string, partition: PartitionSpec, type: SqlType): Problem[] {
  const { transform, column } = partition;
  if (!fits(transform, type)) {
    return [{ path, what: `${transform} of ${typeWithArticle(type)}`, value: column, fix: FITTING[transform] }];
  }
  if (partition.transform === 'bucket' && !(Number.isInteger(partition.buckets) && partition.buckets >= 2 && partition.buckets <= MAX_BUCKETS)) {
    return [{ path, what: 'no number of buckets', value: String(partition.buckets), fix: `use a whole number from 2 to ${MAX_BUCKETS}` }];
  }
  return [];
}

const FITTING: { readonly [transform in PartitionSpec['transform']]: string } = {
  identity: 'use a column of another type: no double, binary, list, map or struct',
  year: 'use a date or timestamp column',
  month: 'use a date or timestamp column',
  day: 'use a date or timestamp column',
  hour: 'use a timestamp column',
  bucket: 'use a string, integer, bigint, decimal, date, timestamp or binary column',
};

function fits(transform: PartitionSpec['transform'], type: SqlType): boolean {
  switch (transform) {
    case 'identity': return !isNested(type) && type.kind !== 'double' && type.kind !== 'varbinary';
    case 'year': case 'month': case 'day': return isTime(type);
    case 'hour': return type.kind === 'timestamp';
    case 'bucket': return BUCKETABLE.includes(type.kind);
  }
}

/** Every statement may write to all combinations of buckets. */
function tooManyBuckets(path: string, partitions: readonly PartitionSpec[]): Problem[] {
  const counts = partitions.flatMap(partition => partition.transform === 'bucket' ? [partition.buckets] : []);
  const combinations = counts.reduce((product, buckets) => product * buckets, 1);
  // A row that moves from one day to another writes to the buckets of both.
  const allowed = counts.length < partitions.length ? MAX_BUCKETS / 2 : MAX_BUCKETS;
  if (!(combinations > allowed) || (counts.length === 1 && counts[0] > MAX_BUCKETS)) return [];
  return [{ path, what: `one statement may write to ${combinations} buckets at once, ${allowed} are allowed`, value: counts.join(' x '), fix: 'use fewer buckets' }];
}

/** Iceberg refuses two partitions by the same column unless one is its bucket. */
function redundant(path: string, partitions: readonly PartitionSpec[]): Problem[] {
  const seen = new Set<string>();
  return partitions.flatMap(({ transform, column }, i) => {
    const kind = `${transform === 'bucket' ? 'bucket' : 'value'} ${column}`;
    if (!seen.has(kind)) {
      seen.add(kind);
      return [];
    }
    return [{ path: `${path}[${i}]`, what: 'the column partitions the table already', value: column, fix: 'leave the coarser or the finer one out' }];
  });
}
