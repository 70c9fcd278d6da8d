import type { TimeLeft } from '../ports/clock';
import type { QueryEngine, Row } from '../ports/query-engine';
import type { Query } from '../sql/nodes';

/** Asks queries for one table, and adds up what they and its statements scan. */
export class ScanMeter {
  private total = 0;

  public constructor(private readonly dependencies: { readonly engine: QueryEngine; readonly timeLeft: TimeLeft }) {}

  public get bytesScanned(): number {
    return this.total;
  }

  public async query(query: Query): Promise<readonly Row[]> {
    const { engine, timeLeft } = this.dependencies;
    const answer = await engine.query(query, timeLeft);
    this.add(answer);
    return answer.rows;
  }

  public add({ bytesScanned }: { readonly bytesScanned: number }): void {
    this.total += bytesScanned;
  }
}
