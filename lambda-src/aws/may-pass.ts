const THROTTLED = /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown)/;
const UNANSWERED = new Set(['TimeoutError', 'RequestTimeout', 'AbortError']);
const CONNECTION = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;

/** Whether an error of an AWS call may be gone when the call is made again: throttling, the service's own faults, the network. */
export function mayPass(error: unknown): boolean {
  const { name = '', code = '', $fault: fault } = error as { readonly name?: string; readonly code?: unknown; readonly $fault?: string };
  return fault === 'server' || THROTTLED.test(name) || UNANSWERED.has(name) || CONNECTION.test(String(code));
}
