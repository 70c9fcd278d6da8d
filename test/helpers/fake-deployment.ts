import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { SPEC_KEY } from '../../src/spec/storage-layout';
import { fakeAws, type Answer, type SeenRequest } from '../aws/fake-aws';
import { shopSpec } from './shop-spec';

const ROOT = path.join(__dirname, '..', '..');
const STARTED = 1769850000;
const USER = 'arn:aws:iam::111122223333:user/jo';
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:shop-backfill';

const json = (body: object, status = 200, errorType?: string): Answer => ({
  status, headers: { 'content-type': 'application/json', ...(errorType && { 'x-amzn-errortype': errorType }) }, body: JSON.stringify(body),
});

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a function answers, by its name; asked for each invocation, counted from 0. */
export type Functions = { readonly [functionName: string]: (payload: unknown, index: number) => Answer };

/** The account of a deployed pipeline named `shop`, as far as the command line asks for it. */
export class FakeDeployment {
  /** Keys to texts, in the bucket `lake`. */
  public readonly objects = new Map<string, string>([[SPEC_KEY, JSON.stringify(shopSpec())]]);
  public readonly mappings = new Map([['m-orders', 'Enabled'], ['m-customers', 'Enabled']]);
  public readonly schedules = new Map([['shop-silver', 'ENABLED'], ['shop-gold', 'ENABLED']]);
  public readonly invoked: { readonly functionName: string; readonly payload: unknown }[] = [];
  /** What the state machine was started with, and how its executions end. */
  public readonly started: { readonly name: string; readonly input: unknown }[] = [];
  public executionEnd: object = { status: 'SUCCEEDED', output: '{}' };
  /** Executions that others have started, by their names. */
  public readonly otherExecutions = new Map<string, object>();
  /** Answered to everything instead, if there is one. */
  public refusal?: Answer;
  public functionNames: { readonly [stage: string]: string } = { silver: 'shop-silver', gold: 'shop-gold', redrive: 'shop-redrive', rebuild: 'shop-rebuild' };

  public constructor(private readonly functions: Functions = {}) {}

  /** The command as it is shipped, with this account as the only one that it can reach. */
  public async run(...options: readonly string[]): Promise<CommandResult> {
    const aws = await fakeAws(request => this.refusal ?? this.answer(request));
    try {
      return await runCommand(options, { AWS_ENDPOINT_URL: aws.endpoint });
    } finally {
      await aws.close();
    }
  }

  private answer(request: SeenRequest): Answer {
    const target = request.headers['x-amz-target'];
    const place = new URL(request.url, 'http://aws');
    if (typeof target === 'string' && target.startsWith('AWSStepFunctions.')) return this.execution(target, JSON.parse(request.body) as { [parameter: string]: string });
    if (typeof target === 'string' && target.startsWith('AmazonSSM.')) return this.parameters(target, JSON.parse(request.body) as object);
    if (place.pathname.startsWith('/lake')) return this.bucket(request, place);
    if (place.pathname.startsWith('/2015-03-31/functions/')) return this.invocation(place.pathname.split('/')[3], request.body);
    if (place.pathname.startsWith('/2015-03-31/event-source-mappings/')) return this.mapping(request, place.pathname.split('/')[3]);
    if (place.pathname.startsWith('/schedules/')) return this.schedule(request, place.pathname.split('/')[2]);
    if (request.body.includes('Action=GetCallerIdentity')) {
      return { status: 200, body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${USER}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>` };
    }
    return json({ message: `no answer to ${request.method} ${request.url}` }, 404);
  }

  private execution(target: string, { name, input, executionArn }: { readonly [parameter: string]: string | undefined }): Answer {
    if (target.endsWith('.DescribeExecution')) {
      const described = executionArn!.slice(executionArn!.lastIndexOf(':') + 1);
      if (this.started.some(one => one.name === described)) return json(this.executionEnd);
      const other = this.otherExecutions.get(described);
      return other ? json(other) : refused('ExecutionDoesNotExist', `Execution Does Not Exist: ${executionArn}`);
    }
    this.started.push({ name: name!, input: JSON.parse(input!) as unknown });
    return json({ executionArn: `${MACHINE}:${name}`, startDate: STARTED });
  }

  private parameters(target: string, { Name: name, Path: below }: { readonly Name?: string; readonly Path?: string }): Answer {
    const all: { readonly [name: string]: object } = {
      '/cdk-medallion-analytics/shop': {
        formatVersion: 1,
        name: 'shop',
        region: 'eu-west-1',
        bucket: 'lake',
        workgroup: 'shop',
        databases: { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' },
        functions: this.functionNames,
        stateMachines: { backfill: MACHINE },
        schedules: { silver: 'shop-silver', gold: 'shop-gold' },
      },
      '/cdk-medallion-analytics/shop/tables/customers': { formatVersion: 1, bronzeName: 'customers', eventSourceMapping: 'm-customers' },
      '/cdk-medallion-analytics/shop/tables/orders': { formatVersion: 1, bronzeName: 'orders', eventSourceMapping: 'm-orders' },
    };
    const entry = (one: string) => ({ Name: one, Value: JSON.stringify(all[one]) });
    if (target.endsWith('.GetParameter')) {
      return name! in all ? json({ Parameter: entry(name!) }) : json({ __type: 'ParameterNotFound' }, 400, 'ParameterNotFound');
    }
    return json({ Parameters: Object.keys(all).filter(one => one.slice(0, one.lastIndexOf('/')) === below).map(entry) });
  }

  private bucket({ method, body }: SeenRequest, place: URL): Answer {
    const date = new Date(STARTED * 1000).toUTCString();
    const key = decodeURIComponent(place.pathname.slice('/lake/'.length));
    if (key === '') {
      const prefix = place.searchParams.get('prefix') ?? '';
      const found = [...this.objects.keys()].filter(one => one.startsWith(prefix)).sort();
      const contents = found.map(one => `<Contents><Key>${one}</Key><Size>1</Size><LastModified>${new Date(STARTED * 1000).toISOString()}</LastModified></Contents>`);
      return { status: 200, body: `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>` };
    }
    if (method === 'PUT') {
      this.objects.set(key, body);
      return { status: 200, headers: { etag: `"${this.objects.size}"`, date } };
    }
    const object = this.objects.get(key);
    if (object === undefined) return { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>' };
    return { status: 200, headers: { 'etag': '"1"', 'last-modified': date, date }, body: object };
  }

  private invocation(functionName: string, body: string): Answer {
    const index = this.invoked.push({ functionName, payload: JSON.parse(body) as unknown }) - 1;
    return this.functions[functionName]?.(this.invoked[index].payload, index)
      ?? json({ Message: `no function ${functionName}` }, 404, 'ResourceNotFoundException');
  }

  private mapping({ method, body }: SeenRequest, id: string): Answer {
    if (!this.mappings.has(id)) return json({ Message: 'no such mapping' }, 404, 'ResourceNotFoundException');
    if (method === 'PUT') this.mappings.set(id, (JSON.parse(body) as { Enabled: boolean }).Enabled ? 'Enabled' : 'Disabled');
    return json({ UUID: id, State: this.mappings.get(id), LastModified: STARTED, LastProcessingResult: 'OK' });
  }

  private schedule({ method, body }: SeenRequest, name: string): Answer {
    if (method === 'PUT') this.schedules.set(name, (JSON.parse(body) as { State: string }).State);
    return json({
      Name: name,
      State: this.schedules.get(name),
      LastModificationDate: STARTED,
      ScheduleExpression: 'rate(30 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: 'arn:aws:lambda:::function:silver', RoleArn: 'arn:aws:iam:::role/r' },
    });
  }
}

/** What a function answers that ended well. */
export function answered(answer: unknown): Answer {
  return json(answer as object);
}

/** What a function answers that threw. */
export function threw(errorType: string, errorMessage: string): Answer {
  return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify({ errorType, errorMessage }) };
}

/** What a service answers that refuses. */
export function refused(errorType: string, message: string): Answer {
  return json({ __type: errorType, message }, 400, errorType);
}

/** The bundled command with nothing of the user's own configuration. */
export async function runCommand(
  options: readonly string[], environment: { readonly [name: string]: string | undefined },
): Promise<CommandResult> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'cdk-medallion-analytics'), ...options], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      AWS_CONFIG_FILE: path.join(__dirname, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(__dirname, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      ...environment,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  const status = await new Promise<number | null>(resolve => child.on('close', resolve));
  return { status, stdout, stderr };
}
