import type { Pluggable } from '@smithy/types';

/** What a command must have to be listened to. */
interface Command<Input extends object, Output extends object> {
  readonly middlewareStack: { use(plugin: Pluggable<Input, Output>): void };
}

/**
 * Listens to the answers to a command, errors included, for the `Date` header: the service's own clock. With retries it
 * is the last answer's.
 */
export function withServedAt<Input extends object, Output extends object, C extends Command<Input, Output>>(
  command: C & Command<Input, Output>,
): { readonly command: C; readonly servedAt: () => Date } {
  let date: string | undefined;
  command.middlewareStack.use({
    applyToStack: stack => stack.add(next => async arguments_ => {
      const result = await next(arguments_);
      date = dateHeader(result.response);
      return result;
      // `low` is nearest to the wire, before an error answer becomes an exception
    }, { step: 'deserialize', priority: 'low', name: 'servedAt' }),
  });
  return { command, servedAt: () => parsed(date) };
}

function dateHeader(response: unknown): string | undefined {
  const headers = (response as { readonly headers?: { readonly [name: string]: string } }).headers ?? {};
  return headers.date;
}

function parsed(date: string | undefined): Date {
  const time = new Date(date ?? NaN);
  if (Number.isNaN(time.getTime())) {
    throw new Error(`an answer of S3 had no usable Date header (${date ?? 'none'}): the age of the journal cannot be told; try again`);
  }
  return time;
}
