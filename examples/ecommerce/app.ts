import { App, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ecommercePipeline } from './pipeline';

/** A shop's three tables and the analytics over them. */
export class EcommerceStack extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const pipeline = ecommercePipeline(this, {
      customers: this.table('Customers', 'CustomerID'),
      products: this.table('Products', 'ProductID'),
      orders: this.table('Orders', 'OrderID'),
    });

    new CfnOutput(this, 'AthenaWorkgroup', { value: pipeline.workgroupName });
    new CfnOutput(this, 'RunSilverNow', { value: `aws lambda invoke --function-name ${pipeline.silverFunction.functionName} /dev/stdout` });
    new CfnOutput(this, 'FirstQuery', { value: `SELECT * FROM "${pipeline.goldDatabaseName}"."daily_sales_by_region" ORDER BY order_date DESC LIMIT 10` });
  }

  private table(id: string, key: string): TableV2 {
    return new TableV2(this, id, {
      partitionKey: { name: key, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
  }
}

if (require.main === module) {
  const app = new App();
  new EcommerceStack(app, 'Ecommerce');
  app.synth();
}
