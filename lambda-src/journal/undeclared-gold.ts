import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { Journal } from './journal';

/**
 * Forgets how far Gold tables had come that are declared no more: no ledger is kept for them meanwhile, so one that is declared
 * again must be computed in full.
 */
export async function forgetUndeclaredGold(journal: Journal, spec: PipelineSpec): Promise<void> {
  if (Object.keys(journal.state.gold).every(name => name in spec.gold)) return;
  await journal.commit(state => ({ ...state, gold: Object.fromEntries(Object.entries(state.gold).filter(([name]) => name in spec.gold)) }));
}
