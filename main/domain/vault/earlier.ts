import { decodeEntry, type EntryOf } from '../ledger/entry.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { VaultDatabases } from './databases-port.ts';
import type { DatabaseKeys } from './slots.ts';

/** What a ledger says that it continues, and what is lost of the one before. */
export type Continues = NonNullable<EntryOf<'genesis'>['detail']['continues']>;

/** What entry 0 says that the ledger continues, if anything. */
export function continuation(ledger: Pick<LedgerStore, 'entry'>): Continues | undefined {
  const row = ledger.entry(0);
  const genesis = row && decodeEntry(row.bytes, 0);
  return genesis?.type === 'genesis' ? genesis.detail.continues : undefined;
}

/** Entry 0 as a text, of a ledger that continues another: it goes along with the checkpoint. */
export function continuingGenesis(ledger: Pick<LedgerStore, 'entry'>): { genesis?: string } {
  const row = ledger.entry(0);
  if (row === undefined || continuation(ledger) === undefined) return {};
  return { genesis: Buffer.from(row.bytes).toString('utf8') };
}

/**
 * Origins of the ledgers that the present one continues, the latest first, as far as the vault
 * keeps them: each says itself which one it continues.
 * @throws DomainError `database-*`
 */
export function earlierOrigins(databases: VaultDatabases, keys: DatabaseKeys): string[] {
  const kept = new Set(databases.earlier());
  const chain: string[] = [];
  let origin = continuation(databases.ledger)?.origin;
  while (origin !== undefined && kept.delete(origin)) {
    chain.push(origin);
    const { ledger, close } = databases.openEarlier(origin, keys);
    origin = continuation(ledger)?.origin;
    close();
  }
  return chain;
}
