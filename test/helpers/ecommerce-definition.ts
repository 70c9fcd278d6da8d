import * as example from '../../examples/ecommerce/pipeline';
import type { PipelineDefinition } from '../../src';
import { sourceTable } from './source-table';

/** The example's pipeline, over tables of their own. */
export function ecommerceDefinition(): PipelineDefinition {
  return example.ecommerceDefinition({ customers: sourceTable('CustomerID'), products: sourceTable('ProductID'), orders: sourceTable('OrderID') });
}
