import type { Problem } from '../checks/problem';
import type { FieldStyleSpec } from '../spec/dashboard-spec';
import { PanelColor } from './panel-color';
import { number, oneOf, optional } from './shape';

/** A colour that values have from a bound upwards, up to the next bound. */
export class PanelThreshold {
  /**
   * The colour of values below every bound.
   *
   * @param color of those values.
   */
  public static lowest(color: PanelColor): PanelThreshold {
    return new PanelThreshold(color);
  }

  /**
   * The colour from a bound upwards.
   *
   * @param value the least value with this colour.
   * @param color of that value and those above.
   */
  public static above(value: number, color: PanelColor): PanelThreshold {
    return new PanelThreshold(color, value);
  }

  private constructor(private readonly color: PanelColor, private readonly value?: number) {}

  /** @internal */
  public _render(): NonNullable<FieldStyleSpec['thresholds']>[number] {
    return { ...(this.value !== undefined && { value: this.value }), color: this.color };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...COLOR(path, this.color), ...VALUE(path, this.value)];
  }
}

const COLOR = oneOf(Object.values(PanelColor), 'a PanelColor is expected', 'PanelColor.RED');
const VALUE = optional(number('the bound', 'PanelThreshold.above(10, PanelColor.GREEN)'));
