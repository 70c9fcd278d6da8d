import { Names, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const LONGEST = 100;
const FORM = /^[a-z][a-z0-9_]*$/;

/** A pipeline name that Athena could not take. */
export class InvalidPipelineNameError extends Error {
  public readonly name = 'InvalidPipelineNameError';
}

/** The name from which databases and workgroup derive: as given, or made from the construct's path. */
export function pipelineName(scope: Construct, given: string | undefined): string {
  if (given === undefined) {
    return Names.uniqueResourceName(scope, { maxLength: LONGEST, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
  }
  if (Token.isUnresolved(given) || !FORM.test(given) || given.length > LONGEST) {
    throw new InvalidPipelineNameError(`${scope.node.path}: name is ${Token.isUnresolved(given) ? 'a token' : JSON.stringify(given)}; `
      + `give a plain text of at most ${LONGEST} characters a-z, 0-9 and _ that begins with a letter, such as "shop_prod"`);
  }
  return given;
}
