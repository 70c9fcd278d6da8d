import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { textOf } from '../../local/duckdb-value';
import { engineMessage } from '../../local/engine-message';
import { DASHBOARD_SESSION } from '../../local/grafana/dashboard-session';
import { SESSION } from '../../local/read-rows';
import { QueryFailedError } from '../../ports/query-engine';
import type { Frame, FrameField, FrameValue } from '../chart/frame';

const NUMBERS = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w+INT|FLOAT|DOUBLE)/;
const TIMES = /^(DATE|TIMESTAMP)/;

/** Answers a dashboard's queries from the local Gold tables. */
export class GoldReader {
  /** It closes the connection with itself. */
  public static async open(connection: DuckDBConnection): Promise<GoldReader> {
    await connection.run(`${SESSION}; ${DASHBOARD_SESSION}`);
    return new GoldReader(connection);
  }

  private queue: Promise<unknown> = Promise.resolve();

  private constructor(private readonly connection: DuckDBConnection) {}

  /** Throws QueryFailedError. A decimal is text, as the plugin hands it to Grafana: a panel that forgot its CAST is seen here too. */
  public async frame(sql: string): Promise<Frame> {
    const answer = this.queue.then(() => this.read(sql));
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  public close(): void {
    this.connection.closeSync();
  }

  private async read(sql: string): Promise<Frame> {
    try {
      const reader = await this.connection.runAndReadAll(sql);
      const types = reader.columnTypes();
      const fields = reader.columnNames().map((name, index): FrameField => ({ name, type: fieldType(String(types[index])) }));
      return { fields, rows: reader.getRows().map(row => row.map((value, index) => frameValue(value, fields[index].type, types[index]))) };
    } catch (error) {
      throw new QueryFailedError({ kind: 'statement', message: engineMessage(error) }, 'answer a panel');
    }
  }
}

function fieldType(type: string): FrameField['type'] {
  if (NUMBERS.test(type)) return 'number';
  return TIMES.test(type) ? 'time' : 'text';
}

function frameValue(value: DuckDBValue, type: FrameField['type'], engineType: DuckDBType): FrameValue {
  if (value === null) return null;
  switch (type) {
    case 'number': return Number(value);
    case 'time': return milliseconds(String(value));
    case 'text': return textOf(value, engineType);
  }
}

/** `2026-01-31` or `2026-01-31 10:00:00.123456`, UTC. */
function milliseconds(text: string): number {
  const [day, time = '00:00:00'] = text.split(' ');
  return Date.parse(`${day}T${time.slice(0, 12)}Z`);
}
