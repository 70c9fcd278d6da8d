import { Match } from 'aws-cdk-lib/assertions';
import { minimal } from '../pipeline/pipelines';

const { template } = minimal();

test('the workgroup decides where results go, and encrypts them', () => {
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    Name: 'shop',
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        OutputLocation: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('LakeStorageBucket') }, '/athena-results/']] },
      },
    },
  });
});

test('a history of queries does not keep the stack from being deleted', () => {
  template.hasResourceProperties('AWS::Athena::WorkGroup', { RecursiveDeleteOption: true });
});
