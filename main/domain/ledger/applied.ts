import type { LedgerStore } from './ledger-store.ts';
import { AUDITOR_MAY_APPEND } from './entry-types.ts';

/**
 * How vault.db stands to ledger.db, once what was interrupted has been finished. `ahead`: it
 * knows of entries that this ledger does not have; one of the two was put back alone. `behind`:
 * entries stand in the ledger whose effects it lacks. An auditor's entries have no effects.
 * @param applied seq of the last entry whose effects are in vault.db; undefined when there is none
 */
export function compareApplied(
  store: Pick<LedgerStore, 'size' | 'entries'>,
  applied: number | undefined,
): 'same' | 'ahead' | 'behind' {
  const size = store.size();
  const done = applied === undefined ? 0 : applied + 1;
  if (done > size) return 'ahead';
  for (let from = done; from < size; from += PAGE)
    for (const { type } of store.entries(from, Math.min(from + PAGE, size)))
      if (!AUDITOR_MAY_APPEND.includes(type)) return 'behind';
  return 'same';
}

const PAGE = 1000;
