import { WitnessStatement } from '../transfers/ledger-part.ts';
import type { Position } from './anchor.ts';
import type { LedgerAudit } from './ledger-store.ts';

const PAGE = 256;

/**
 * What receipts say of this ledger, each place once. Their signatures are checked where they are
 * taken in, and by the verification; receipts about other ledgers (our own, about the senders')
 * are left out.
 */
export function witnessesIn(store: Pick<LedgerAudit, 'evidenceAfter'>, origin: string): Position[] {
  const places = new Map<string, Position>();
  for (let after = ''; ;) {
    const page = store.evidenceAfter('receipt', after, PAGE);
    for (const { bytes } of page) {
      const witness = witnessIn(bytes, origin);
      if (witness) places.set(Object.values(witness).join(' '), witness);
    }
    after = page.at(-1)?.sha256 ?? after;
    if (page.length < PAGE) return [...places.values()];
  }
}

/** What one receipt says of the ledger `origin`, if anything. */
function witnessIn(bytes: Uint8Array, origin: string): Position | undefined {
  let said: { witnessed?: unknown };
  try {
    said = JSON.parse(Buffer.from(bytes).toString('utf8')) as typeof said;
  } catch {
    return undefined;
  }
  const statement = WitnessStatement.safeParse(said.witnessed).data;
  if (statement === undefined || statement.result === 'none') return undefined;
  if (statement.origin !== origin) return undefined;
  const { size, root, head } = statement;
  return { origin, size, root, head };
}
