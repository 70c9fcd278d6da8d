import { createHash } from 'node:crypto';
import { CfnElement, Names, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const LONGEST = 100;
const FORM = /^[a-z][a-z0-9_]*$/;
/** CloudFormation takes 255 characters. */
const LONGEST_PLACE = 120;

/** A pipeline name that Athena could not take, or that is taken. */
export class InvalidPipelineNameError extends Error {
  public readonly name = 'InvalidPipelineNameError';
}

/**
 * By what a pipeline is known: the name from which databases, workgroup and bucket derive. One that is given stays the same wherever
 * the construct moves in its stack, and so must the logical ids of what holds data or has a fixed name: CloudFormation replaces what
 * has another id.
 */
export class PipelineIdentity {
  /** Throws InvalidPipelineNameError. */
  public static of(pipeline: Construct, given: string | undefined): PipelineIdentity {
    if (given === undefined) return new PipelineIdentity(pipeline, nameFromPath(pipeline), 'by-path');
    checkForm(pipeline, given);
    checkFree(pipeline, given);
    return new PipelineIdentity(pipeline, given, 'by-name');
  }

  private constructor(private readonly pipeline: Construct, public readonly name: string, private readonly kind: 'by-name' | 'by-path') {}

  /** Binds all that is below a part of the pipeline by now to the name, and to its place below the pipeline. */
  public pin(part: Construct): void {
    if (this.kind === 'by-path') return;
    for (const construct of part.node.findAll()) {
      if (CfnElement.isCfnElement(construct)) construct.overrideLogicalId(this.logicalId(construct));
    }
  }

  private logicalId(element: CfnElement): string {
    const place = element.node.path.slice(this.pipeline.node.path.length + 1);
    const hash = createHash('sha256').update(`${this.name}/${place}`).digest('hex').slice(0, 8).toUpperCase();
    const words = [...this.name.split('_'), ...place.split(/[^A-Za-z0-9]+/)].filter(word => word !== '' && word !== 'Resource' && word !== 'Default');
    return words.map(word => word[0].toUpperCase() + word.slice(1)).join('').slice(0, LONGEST + LONGEST_PLACE) + hash;
  }
}

function nameFromPath(pipeline: Construct): string {
  return Names.uniqueResourceName(pipeline, { maxLength: LONGEST, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
}

function checkForm(pipeline: Construct, given: string): void {
  if (!Token.isUnresolved(given) && FORM.test(given) && given.length <= LONGEST) return;
  throw new InvalidPipelineNameError(`${pipeline.node.path}: name is ${Token.isUnresolved(given) ? 'a token' : JSON.stringify(given)}; `
    + `give a plain text of at most ${LONGEST} characters a-z, 0-9 and _ that begins with a letter, such as "shop_prod"`);
}

const NAMES_TAKEN = new WeakMap<Stack, Map<string, string>>();

function checkFree(pipeline: Construct, given: string): void {
  const stack = Stack.of(pipeline);
  const taken = NAMES_TAKEN.get(stack) ?? new Map<string, string>();
  NAMES_TAKEN.set(stack, taken);
  const other = taken.get(given);
  if (other !== undefined) {
    throw new InvalidPipelineNameError(`${pipeline.node.path}: ${other} in the same stack has the name ${JSON.stringify(given)} already, `
      + 'and both would have the same databases; give this one another name');
  }
  taken.set(given, pipeline.node.path);
}
