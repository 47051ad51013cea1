import { DomainError } from '../errors/index.ts';
import { compareApplied } from '../ledger/applied.ts';
import { decodeEntry } from '../ledger/entry.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { AnchorPosition } from './anchor-port.ts';
import { compareWithAnchors, type ReadOnly } from './anchors.ts';
import type { Attempts } from './attempts.ts';
import type { VaultDatabases } from './databases-port.ts';
import { macFits, type Header, type Slot } from './header.ts';
import { memberships, openIdentity } from './membership.ts';
import type { Member } from './session.ts';
import type { SlotContent } from './slots.ts';

type Standing = Pick<VaultDatabases, 'ledger' | 'applied'>;

/** What is checked between an opened slot and an open vault, each rule by itself. */

/** @throws DomainError `header-altered` when the slots are not those that a member wrote */
export function requireMacs(header: Header, content: SlotContent): void {
  if (!fitMacs(header, content)) throw new DomainError('header-altered', { part: 'its slots' });
}

/** Whether the macs were made with keys that this slot holds, as far as it holds them. */
export function fitMacs(header: Header, { keys }: SlotContent): boolean {
  return macFits(header, 'l', keys.l) && (keys.v.length === 0 || macFits(header, 'v', keys.v));
}

/** @throws DomainError `database-damaged`, `database-foreign` unless entry 0 is of this vault */
export function requireGenesis(ledger: LedgerStore, vaultId: string): void {
  const row = ledger.entry(0);
  if (row === undefined) {
    throw new DomainError('database-damaged', { file: 'ledger.db', problem: 'it has no entry 0' });
  }
  const genesis = decodeEntry(row.bytes, 0);
  if (genesis.type !== 'genesis' || genesis.detail.vault !== vaultId) {
    throw new DomainError('database-foreign', { file: 'ledger.db' });
  }
}

/**
 * Why nothing may be appended, if anything forbids it: an anchor or a witness that the ledger is
 * behind or beside, a vault.db that knows of later entries, or a header that is older than the
 * ledger (`headerStands` false).
 */
export function findReadOnly(
  databases: Standing,
  headerStands: boolean,
  positions: readonly AnchorPosition[],
): ReadOnly | undefined {
  const { ledger } = databases;
  const trouble = compareWithAnchors(ledger, positions);
  if (trouble !== undefined) return trouble;
  const size = ledger.size();
  const done = (databases.applied() ?? -1) + 1;
  if (done > size) return { code: 'rollback', size, knownSize: done, where: 'vault.db' };
  if (headerStands) return undefined;
  return { code: 'rollback', size, knownSize: size, where: 'header' };
}

/**
 * After recovery, every entry's effects have to be in vault.db.
 * @throws DomainError `database-behind` when an old copy of vault.db was put back alone
 */
export function requireApplied(databases: Standing): void {
  const { ledger } = databases;
  const seq = databases.applied();
  if (seq === undefined || compareApplied(ledger, seq) !== 'behind') return;
  throw new DomainError('database-behind', { applied: seq + 1, size: ledger.size() });
}

/**
 * Who opened the slot, as the ledger has it.
 * @throws DomainError `header-altered` when a header that stands says otherwise,
 * `database-damaged` when the ledger lost the name
 */
export function memberOf(
  ledger: LedgerStore,
  { slot, content }: { readonly slot: Slot; readonly content: SlotContent },
  headerStands: boolean,
): Member {
  const known = memberships(ledger).get(slot.memberId);
  if (known === undefined) throw new DomainError('header-altered', { part: 'a member' });
  if (headerStands) {
    if (known.removed) throw new DomainError('header-altered', { part: 'a removed member' });
    if (known.role !== slot.role) throw new DomainError('header-altered', { part: 'a role' });
    if (known.fingerprint !== content.own[0]?.fingerprint) {
      throw new DomainError('header-altered', { part: 'a key' });
    }
  }
  const identity = openIdentity(ledger, known.identity);
  if (identity === undefined) {
    const problem = 'the name of a member is missing';
    throw new DomainError('database-damaged', { file: 'ledger.db', problem });
  }
  return { ...identity, id: known.id, role: known.role, fingerprint: known.fingerprint };
}

/**
 * Whether the ledger has these failed tries already: a crash may have come between the entry and
 * the removal of the record.
 */
export function areRecorded(ledger: LedgerStore, attempts: Attempts): boolean {
  const [row] = ledger.query({ types: ['unlock-failed'], order: 'descending', limit: 1 });
  if (row === undefined) return false;
  const entry = decodeEntry(row.bytes, row.seq);
  if (entry.type !== 'unlock-failed') return false;
  const { count, first, last } = entry.detail;
  return count === attempts.count && first === attempts.first && last === attempts.last;
}
