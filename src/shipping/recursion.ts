import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { RecursiveLoop, type CfnFunction, type Function } from 'aws-cdk-lib/aws-lambda';

/**
 * Where Lambda neither stops functions that start themselves nor can be told not to.
 *
 * @see https://github.com/aws/aws-lambda-roadmap/issues/18
 */
const WITHOUT_DETECTION = { partitions: ['aws-us-gov'], regions: ['mx-central-1', 'ap-southeast-6'] };

/**
 * Lets a function start itself as often as it likes; after 16 starts in a row Lambda would take it for a mistake.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function allowRecursion(target: Function): void {
  const condition = new CfnCondition(target, 'DetectsRecursion', {
    expression: Fn.conditionNot(Fn.conditionOr(
      ...WITHOUT_DETECTION.partitions.map(partition => Fn.conditionEquals(Aws.PARTITION, partition)),
      ...WITHOUT_DETECTION.regions.map(region => Fn.conditionEquals(Aws.REGION, region)),
    )),
  });
  const resource = target.node.defaultChild as CfnFunction;
  resource.recursiveLoop = Fn.conditionIf(condition.logicalId, RecursiveLoop.ALLOW, Aws.NO_VALUE).toString();
}
