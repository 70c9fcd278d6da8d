import { App } from 'aws-cdk-lib';
import { BrokenStack } from './broken-stack';
import { EveryKindStack } from './every-kind-stack';
import { ShopStack } from './shop-stack';

const app = new App();
if (process.argv.includes('broken')) {
  new BrokenStack(app, 'Broken');
} else {
  new ShopStack(app, 'Shop');
  new EveryKindStack(app, 'EveryKind');
}
app.synth();
