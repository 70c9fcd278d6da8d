/** What the embedded engine has to say, without the excerpt of a statement that no user wrote. */
export function engineMessage(error: unknown): string {
  const [message] = String((error as Error).message).split(/\s*\n\s*LINE \d+: /);
  // How expressions stop a statement, as Athena would: by a text that is no number.
  return /^Conversion Error: Could not convert string '(.+)' to INT64$/.exec(message)?.[1] ?? message;
}
