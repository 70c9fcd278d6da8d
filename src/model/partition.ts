import type { Problem } from '../checks/problem';
import type { PartitionSpec } from '../spec/pipeline-spec';
import { number, text } from './shape';

/**
 * How a Silver table's files are divided, as an Iceberg partition transform. It changes how much a query reads, never what it
 * answers: queries that filter by the column skip the other partitions. The column is one of the table's own.
 */
export class Partition {
  /** A partition for each value: `PARTITIONED BY (column)`. For columns with few values. */
  public static identity(column: string): Partition {
    return new Partition({ transform: 'identity', column });
  }

  /** A partition for each year of a date or timestamp: `PARTITIONED BY (year(column))`. */
  public static year(column: string): Partition {
    return new Partition({ transform: 'year', column });
  }

  /** A partition for each month of a date or timestamp: `PARTITIONED BY (month(column))`. */
  public static month(column: string): Partition {
    return new Partition({ transform: 'month', column });
  }

  /** A partition for each day of a date or timestamp: `PARTITIONED BY (day(column))`. */
  public static day(column: string): Partition {
    return new Partition({ transform: 'day', column });
  }

  /** A partition for each hour of a timestamp: `PARTITIONED BY (hour(column))`. */
  public static hour(column: string): Partition {
    return new Partition({ transform: 'hour', column });
  }

  /**
   * Rows spread evenly by a hash of the column: `PARTITIONED BY (bucket(16, column))`.
   *
   * @param column of type string, integer, bigint, decimal, date, timestamp or binary.
   * @param buckets number of partitions, 2 to 80.
   */
  public static bucket(column: string, buckets: number): Partition {
    return new Partition({ transform: 'bucket', column, buckets });
  }

  private constructor(private readonly spec: PartitionSpec) {}

  /** @internal */
  public _render(): PartitionSpec {
    return this.spec;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const { transform, column } = this.spec;
    const buckets = this.spec.transform === 'bucket' ? number('the number of buckets', "Partition.bucket('column', 16)")(path, this.spec.buckets) : [];
    return [...text('the column', `Partition.${transform}('column'${transform === 'bucket' ? ', 16' : ''})`)(path, column), ...buckets];
  }
}
