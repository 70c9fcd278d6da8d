import type { Problem } from '../checks/problem';
import type { PrivacyRule } from '../spec/pipeline-spec';

/**
 * What becomes of an attribute whose value must not reach the lake. It is done before anything is written: the value is neither in
 * columns nor in the images that Bronze keeps, nor among rejected records.
 */
export class Privacy {
  /**
   * A hash stands for the value: 80 hexadecimal digits, of which the first 64 are HMAC-SHA-256 of the value's text under the pipeline's
   * `hashKey`. Equal values have equal hashes, in every table of the pipeline, so that joins, groups and distinct counts work as
   * before. That is also what a hash tells: who knows the key can try values out, and frequent values stay frequent. A value that is
   * not text is hashed as its JSON; NULL stays NULL. Columns that read the attribute are `Column.string`.
   */
  public static hash(): Privacy {
    return new Privacy('hash');
  }

  /** The attribute is left out, as if items did not have it. Not for key attributes. */
  public static drop(): Privacy {
    return new Privacy('drop');
  }

  private constructor(private readonly rule: PrivacyRule) {}

  /** @internal */
  public _render(): PrivacyRule {
    return this.rule;
  }

  /** @internal */
  public _problems(_path: string): readonly Problem[] {
    return [];
  }
}
