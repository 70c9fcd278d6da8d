import type { Template } from 'aws-cdk-lib/assertions';

/** A state machine as the template has it, references replaced. */
export interface StateMachineDefinition {
  readonly StartAt: string;
  readonly States: Record<string, State>;
}

type State = Record<string, unknown> & { readonly Type?: string; readonly Next?: string };

/** The one state machine of a template. */
export function stateMachineOf(template: Template): StateMachineDefinition {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const [, parts] = (machine.Properties as { DefinitionString: { 'Fn::Join': [string, unknown[]] } }).DefinitionString['Fn::Join'];
  return JSON.parse(parts.map(part => typeof part === 'string' ? part : 'REFERENCE').join('')) as StateMachineDefinition;
}

/** What the machine's tasks are answered; throws an error that has the name by which the machine knows it. */
export type TaskHandler = (payload: never) => Promise<unknown>;

export interface MachineWorld {
  readonly task: TaskHandler;
  wait(seconds: number): void;
}

/** How an execution ended, and how many events the histories hold: its own, and those of executions that a map has started. */
export interface Executed {
  readonly output: unknown;
  readonly error?: string;
  readonly events: number;
  readonly children: readonly number[];
}

type Data = Record<string, unknown>;

/**
 * Walks a machine as Step Functions does, so far as this machine uses it, and counts the events of a standard execution's history.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export class StateMachineRun {
  private events = 0;
  private readonly children: number[] = [];

  public constructor(private readonly world: MachineWorld, private readonly name: string) {}

  public async execute(machine: StateMachineDefinition, input: unknown): Promise<Executed> {
    this.events++; // ExecutionStarted
    let data = input as Data;
    for (let at: string | undefined = machine.StartAt; at !== undefined;) {
      const state: State = machine.States[at];
      this.events += 2; // StateEntered, StateExited
      if (state.Type === 'Fail') return { output: undefined, error: String(read(data, state.CausePath as string)), events: this.events, children: this.children };
      [data, at] = await this.step(state, data);
    }
    this.events++; // ExecutionSucceeded
    return { output: data, events: this.events, children: this.children };
  }

  private async step(state: State, data: Data): Promise<[Data, string | undefined]> {
    switch (state.Type) {
      case 'Task': return this.task(state, data);
      case 'Choice': return [data, next(state, data)];
      case 'Map': return [{ ...data, [(state.ResultPath as string).slice(2)]: await this.map(state, data) }, state.Next];
      case 'Wait':
        this.world.wait(read(data, state.SecondsPath as string) as number);
        return [data, state.Next];
      case 'Pass': case 'Succeed': return [data, state.Next];
      default: throw new TypeError(`a state of type ${state.Type}: teach the walk what it does`);
    }
  }

  private async task(state: State, data: Data): Promise<[Data, string | undefined]> {
    const { Retry: retriers, Catch: [{ Next: caught }] } = state as unknown as Retried;
    for (let attempt = 0; ; attempt++) {
      this.events += 3; // LambdaFunctionScheduled, Started, and Succeeded or Failed
      try {
        const answer = await this.world.task(this.resolved(state.Parameters as Data, data) as never);
        const { ResultPath: path } = state as { readonly ResultPath?: string | null };
        if (path === undefined) return [answer as Data, state.Next];
        return [path === null ? data : { ...data, [path.slice(2)]: answer }, state.Next];
      } catch (error) {
        const { name, message } = error as Error;
        const retrier = retriers.find(({ ErrorEquals: names }) => names.includes(name) || names.includes('States.ALL'));
        if (retrier && attempt < retrier.MaxAttempts) continue;
        return [{ ...data, failure: { Error: name, Cause: JSON.stringify({ errorMessage: message }) } }, caught];
      }
    }
  }

  private async map(state: State, data: Data): Promise<unknown[]> {
    const { ItemProcessor: processor, ItemSelector: selector } = state as unknown as Mapped;
    if (processor.ProcessorConfig.Mode !== 'DISTRIBUTED') throw new TypeError('an inline map has all of its events in one history: teach the walk to count them');
    this.events += 2; // MapRunStarted, MapRunSucceeded
    const outputs: unknown[] = [];
    for (const item of read(data, state.ItemsPath as string) as unknown[]) {
      const child = new StateMachineRun(this.world, this.name);
      const { output, events } = await child.execute(processor, this.resolved(selector, data, item));
      outputs.push(output);
      this.children.push(events);
    }
    return outputs;
  }

  private resolved(template: Data, data: Data, item?: unknown): Data {
    return Object.fromEntries(Object.entries(template).map(([name, value]) => {
      if (!name.endsWith('.$')) return [name, value];
      const context: Data = { '$$.Execution.Name': this.name, '$$.Map.Item.Value': item, '$': data };
      return [name.slice(0, -2), context[value as string] ?? read(data, value as string)];
    }));
  }
}

interface Retried {
  readonly Retry: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch: readonly [{ readonly Next: string }];
}

interface Mapped {
  readonly ItemProcessor: StateMachineDefinition & { readonly ProcessorConfig: { readonly Mode: string } };
  readonly ItemSelector: Data;
}

interface Choice {
  readonly Variable: string;
  readonly StringEquals?: string;
  readonly IsPresent?: boolean;
  readonly Next: string;
}

function next(state: State, data: Data): string {
  const chosen = (state.Choices as readonly Choice[]).find(({ Variable: variable, StringEquals: text, IsPresent: present }) => {
    const value = read(data, variable);
    return present === undefined ? value === text : (value !== undefined) === present;
  });
  return chosen?.Next ?? state.Default as string;
}

/** `$.name.name[0]` */
function read(data: unknown, path: string): unknown {
  return path.split(/[.[\]]/).slice(1).filter(part => part !== '').reduce<unknown>((value, part) => (value as Data | undefined)?.[part], data);
}
