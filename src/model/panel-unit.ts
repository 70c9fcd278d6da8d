import type { Problem } from '../checks/problem';
import { text } from './shape';

/** What a number counts, and so how Grafana writes it. */
export class PanelUnit {
  /** A plain number in full, with separators: 1,234,567. */
  public static readonly NUMBER = new PanelUnit('locale');
  /** A number, shortened: 1.23 Mil. */
  public static readonly SHORT = new PanelUnit('short');
  /** A percentage from 0 to 100. */
  public static readonly PERCENT = new PanelUnit('percent');
  /** A share from 0 to 1, shown as a percentage. */
  public static readonly SHARE = new PanelUnit('percentunit');
  /** Bytes, in powers of 1024. */
  public static readonly BYTES = new PanelUnit('bytes');
  /** A duration in seconds. */
  public static readonly SECONDS = new PanelUnit('s');
  /** A duration in milliseconds. */
  public static readonly MILLISECONDS = new PanelUnit('ms');

  /**
   * Money: `€1.23K`.
   *
   * @param sign put before the number: `€`, `$`, `CHF `.
   */
  public static currency(sign: string): PanelUnit {
    return new PanelUnit(`currency:${sign}`, sign);
  }

  /**
   * A number of things, in full: `1234 orders`.
   *
   * @param word put after the number: `orders`.
   */
  public static counting(word: string): PanelUnit {
    return new PanelUnit(`suffix:${word}`, word);
  }

  /**
   * Any other unit of Grafana.
   *
   * @param id as in a dashboard's JSON: `celsius`, `reqps`.
   */
  public static of(id: string): PanelUnit {
    return new PanelUnit(id, id);
  }

  private constructor(private readonly id: string, private readonly given: unknown = id) {}

  /** @internal */
  public _render(): string {
    return this.id;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return TEXT(path, this.given);
  }
}

const TEXT = text('the unit', "PanelUnit.currency('€')");
