import type { Duration } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import type { RefreshDeclaration } from '../spec/pipeline-declaration';
import { cdkObject, text } from './shape';

/** Which rows of a Gold table a refresh computes anew. Each refresh is one statement: readers see the old table or the new one. */
export class Refresh {
  /**
   * The groups, rows or windows that Silver's changes touched since the last refresh. The table always equals a full recompute, and
   * the cost follows the change. The default.
   */
  public static changed(): Refresh {
    return new Refresh({ kind: 'changed' });
  }

  /** Everything, each time. Equal to `changed`, and dearer the larger Silver is. */
  public static full(): Refresh {
    return new Refresh({ kind: 'full' });
  }

  /**
   * The groups of an aggregate whose time lies in a window that ends now. **Older groups keep their values even where late changes
   * should have altered them**: the table equals a full recompute inside the window only.
   *
   * @param column the date or timestamp column of `groupBy` that the window cuts on.
   * @param window whole days or hours. The SQL: `order_date >= DATE '2026-01-24'` in source and target.
   */
  public static delta(column: string, window: Duration): Refresh {
    return new Refresh({ kind: 'delta', column, window });
  }

  private constructor(private readonly declaration: RefreshDeclaration) {}

  /** @internal */
  public _render(): RefreshDeclaration {
    return this.declaration;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    if (this.declaration.kind !== 'delta') return [];
    const fix = "Refresh.delta('order_date', Duration.days(7))";
    const { column, window } = this.declaration;
    return [...text('the column', fix)(path, column), ...cdkObject('toMilliseconds', 'a Duration is expected', fix)(path, window)];
  }
}
