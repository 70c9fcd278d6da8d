/** How a function ended that was invoked and awaited. */
export type InvocationOutcome =
  | { readonly state: 'succeeded'; readonly answer: unknown }
  | { readonly state: 'failed'; readonly message: string };

/** Starts functions of a deployed pipeline and waits for their end. */
export interface StageInvoker {
  invoke(functionName: string, payload: object): Promise<InvocationOutcome>;
}
