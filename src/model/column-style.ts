import type { Problem } from '../checks/problem';
import type { FieldStyleSpec } from '../spec/dashboard-spec';
import { mapValues } from '../spec/silver-columns';
import { PanelColor } from './panel-color';
import { PanelThreshold } from './panel-threshold';
import { PanelUnit } from './panel-unit';
import { listOf, made, mapOf, number, oneOf, optional, struct, text } from './shape';

/** How values look. */
export interface ColumnStyleOptions {
  /**
   * What the column is called.
   *
   * @default - its name in words: `total_revenue` is "Total revenue"
   */
  readonly label?: string;

  /**
   * What the numbers count.
   *
   * @default - as the panel says, else a plain number
   */
  readonly unit?: PanelUnit;

  /**
   * Digits after the point.
   *
   * @default - as many as fit
   */
  readonly decimals?: number;

  /**
   * Colours from a value upwards.
   *
   * @default - no colours
   */
  readonly thresholds?: PanelThreshold[];

  /**
   * Colours of single values: `{ Critical: PanelColor.RED }`.
   *
   * @default - no colours
   */
  readonly valueColors?: { [value: string]: PanelColor };

  /**
   * An address that a value leads to; `${__value.raw}` in it is the value. Only http and https, or a path.
   *
   * @default - none
   */
  readonly link?: string;
}

/** How one column of a panel looks. */
export class ColumnStyle {
  /**
   * What differs from the rest of the panel.
   *
   * @param options what is not given stays as the panel says.
   */
  public static of(options: ColumnStyleOptions): ColumnStyle {
    return new ColumnStyle(options);
  }

  private constructor(private readonly options: ColumnStyleOptions) {}

  /** @internal */
  public _render(): FieldStyleSpec {
    const { label, unit, decimals, thresholds, valueColors, link } = this.options;
    return {
      ...(given(label) && { label }),
      ...(given(unit) && { unit: unit._render() }),
      ...(given(decimals) && { decimals }),
      ...(given(thresholds) && { thresholds: thresholds.map(threshold => threshold._render()) }),
      ...(given(valueColors) && { valueColors: mapValues(valueColors, color => color) }),
      ...(given(link) && { link }),
    };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return OPTIONS(path, this.options);
  }
}

const THRESHOLD = 'PanelThreshold.above(10, PanelColor.GREEN)';

export const UNIT = optional(made(() => PanelUnit, "PanelUnit.currency('€')"));
export const DECIMALS = optional(number('the number of digits', 'decimals: 2'));
export const THRESHOLDS = optional(listOf(made(() => PanelThreshold, THRESHOLD), `thresholds: [${THRESHOLD}]`));

const OPTIONS = struct<ColumnStyleOptions>({
  label: optional(text('the label', "label: 'Revenue'")),
  unit: UNIT,
  decimals: DECIMALS,
  thresholds: THRESHOLDS,
  valueColors: optional(mapOf(oneOf(Object.values(PanelColor), 'a PanelColor is expected', 'PanelColor.RED'), 'valueColors: { Critical: PanelColor.RED }')),
  link: optional(text('the link', "link: 'https://shop.example/products/${__value.raw}'")),
}, "ColumnStyle.of({ unit: PanelUnit.currency('€') })");

function given<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}
