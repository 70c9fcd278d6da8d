import { AthenaClient, StartQueryExecutionCommand, type AthenaClientConfig } from '@aws-sdk/client-athena';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, RequestSigner } from '@smithy/types';
import {
  SignatureExpiredError, SubmissionDeniedError, SubmissionRefusedError, type QueryRequest, type Submission,
} from '../ports/query-engine';
import { startOutcomeOf } from './start-outcome';

/**
 * One StartQueryExecution whose every repetition, the SDK's own included, has the same token, credentials and date: once
 * the date is too old, nothing of it can reach Athena any more.
 */
export class AthenaSubmission implements Submission {
  private readonly client: AthenaClient;

  public constructor(
    base: AthenaClient,
    config: AthenaClientConfig,
    private readonly request: QueryRequest,
    private readonly token: string,
    credentials: AwsCredentialIdentity,
    signingDate: Date,
  ) {
    this.client = new AthenaClient({
      ...config,
      requestHandler: base.config.requestHandler,
      signer: fixedDateSigner(base, credentials, signingDate),
      // The SDK would date the request anew after "Signature expired".
      disableClockSkewCorrection: true,
    });
  }

  public async send(): Promise<string> {
    const { sql, context } = this.request;
    try {
      const output = await this.client.send(new StartQueryExecutionCommand({
        QueryString: traceable(sql, this.token),
        ClientRequestToken: this.token,
        QueryExecutionContext: { Catalog: context.catalog, Database: context.database },
        WorkGroup: context.workgroup,
      }));
      return output.QueryExecutionId!;
    } catch (error) {
      switch (startOutcomeOf(error)) {
        case 'refused': throw new SubmissionRefusedError((error as Error).message, { cause: error });
        case 'denied': throw new SubmissionDeniedError((error as Error).message, { cause: error });
        case 'expired': throw new SignatureExpiredError((error as Error).message, { cause: error });
        case 'open': throw error;
      }
    }
  }
}

/** A person finds a statement of the journal by its token. Athena refuses comments before some DDL, so DDL has none. */
function traceable(sql: string, token: string): string {
  return /^\s*(MERGE|INSERT|DELETE|WITH|SELECT)\b/i.test(sql) ? `-- ${token}\n${sql}` : sql;
}

function fixedDateSigner(client: AthenaClient, credentials: AwsCredentialIdentity, signingDate: Date): RequestSigner {
  const signer = new SignatureV4({ service: 'athena', region: client.config.region, credentials, sha256: client.config.sha256 });
  return { sign: (request, options) => signer.sign(request, { ...options, signingDate }) };
}
