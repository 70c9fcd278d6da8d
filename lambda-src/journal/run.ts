const EPOCH_DIGITS = 12;
const CHUNK_DIGITS = 4;

/** `000000000012.0001`: what a holder did under one epoch, chunk by chunk; text order is run order. */
export function formatRun(epoch: number, chunk: number): string {
  return `${formatEpoch(epoch)}.${padded(chunk, CHUNK_DIGITS, 'chunk')}`;
}

/** `000000000012`. */
export function formatEpoch(epoch: number): string {
  return padded(epoch, EPOCH_DIGITS, 'epoch');
}

export function epochOfRun(run: string): number {
  const match = /^(\d{12})\.\d{4}$/.exec(run);
  if (!match) throw new RangeError(`'${run}' is not a run: expected 12 digits, a dot and 4 digits, as in '${formatRun(12, 1)}'`);
  return Number(match[1]);
}

function padded(value: number, digits: number, what: string): string {
  if (!Number.isInteger(value) || value < 0 || value >= 10 ** digits) {
    throw new RangeError(`${what} ${value} is not a whole number of at most ${digits} digits`);
  }
  return String(value).padStart(digits, '0');
}
