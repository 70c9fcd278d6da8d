import { Token } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';

/** What becomes of one alarm. */
export class AlarmSetting {
  /**
   * The alarm goes off at this value and above, in the unit that docs/monitoring.md gives for it.
   *
   * @param value more than 0
   */
  public static threshold(value: number): AlarmSetting {
    return new AlarmSetting(value);
  }

  /** There is no such alarm. */
  public static off(): AlarmSetting {
    return new AlarmSetting(undefined);
  }

  private constructor(private readonly value: number | undefined) {}

  /** @internal */
  public _threshold(): number | undefined {
    return this.value;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    if (this.value === undefined || (!Token.isUnresolved(this.value) && Number.isFinite(this.value) && this.value > 0)) return [];
    const value = Token.isUnresolved(this.value) ? 'a token' : String(this.value);
    return [{ path, what: 'the threshold must be a plain number of more than 0', value, fix: 'AlarmSetting.threshold(5), or AlarmSetting.off()' }];
  }
}
