/** Stands for the secret of a deployed pipeline; the items on a laptop are made up, and a run must be repeatable. */
export const LOCAL_HASH_KEY: Uint8Array = new TextEncoder().encode('a laptop has no secrets to keep');
