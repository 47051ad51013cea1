import { DomainError } from '../errors/index.ts';
import type { Digest } from '../identifiers.ts';
import { compareApplied } from '../ledger/applied.ts';
import { originOf } from '../ledger/checkpoint.ts';
import { decodeEntry } from '../ledger/entry.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import { rootAt } from '../ledger/merkle.ts';
import type { AnchorPosition } from './anchor-port.ts';
import type { Attempts } from './attempts.ts';
import type { VaultDatabases } from './databases-port.ts';
import { continuation } from './earlier.ts';
import { macFits, type Header, type Slot } from './header.ts';
import { memberships, openIdentity } from './membership.ts';
import type { Member } from './session.ts';
import type { SlotContent } from './slots.ts';
import { compareWithAnchors, NO_ROOT, type Trouble } from './trouble.ts';

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
 * behind or beside, a vault.db that knows of later entries or of another ledger, or a header that
 * is older than the ledger (`headerStands` false).
 */
export function findTrouble(
  databases: Standing,
  headerStands: boolean,
  positions: readonly AnchorPosition[],
): Trouble | undefined {
  const { ledger } = databases;
  const origin = originIn(ledger);
  const trouble = compareWithAnchors(ledger, positions);
  const ahead = findAhead(databases, origin);
  // vault.db in the same folder is newer, so it is not the folder that is old.
  if (trouble?.code === 'rollback' && ahead) return { ...trouble, code: 'truncated' };
  if (trouble ?? ahead) return trouble ?? ahead;
  if (headerStands) return undefined;
  const size = ledger.size();
  const root = rootOf(ledger);
  const known = { origin, size, root };
  return { code: 'header-older', size, knownSize: size, where: 'header', known };
}

/**
 * After recovery, every entry's effects have to be in vault.db: otherwise an old copy of it was
 * put back alone.
 */
export function findBehind(databases: Standing): Trouble | undefined {
  const { ledger } = databases;
  const done = databases.applied();
  if (done === undefined) return undefined;
  const origin = originIn(ledger);
  const isEarlier = done.origin !== undefined && done.origin !== origin;
  if (!isEarlier && compareApplied(ledger, done.seq) !== 'behind') return undefined;
  const size = ledger.size();
  const knownSize = isEarlier ? 0 : done.seq + 1;
  return {
    code: 'vault-db-older',
    size,
    knownSize,
    where: 'ledger.db',
    known: { origin, size, root: rootOf(ledger) },
    missing: { from: knownSize, to: size - 1 },
  };
}

/** vault.db knows of entries, or of a ledger, that do not stand here. */
function findAhead(databases: Standing, origin: string): Trouble | undefined {
  const { ledger } = databases;
  const done = databases.applied();
  if (done === undefined) return undefined;
  // A restart that was not finished: recovery does it.
  if (done.origin !== undefined && done.origin === continuation(ledger)?.origin) return undefined;
  const size = ledger.size();
  const knownSize = done.seq + 1;
  const isOther = done.origin !== undefined && done.origin !== origin;
  if (!isOther && knownSize <= size) return undefined;
  return {
    code: isOther ? 'replaced' : 'truncated',
    size,
    knownSize,
    where: 'vault.db',
    known: { origin: done.origin ?? origin, size: knownSize, root: NO_ROOT },
    missing: { from: isOther ? 0 : size, to: knownSize - 1 },
  };
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

function originIn(ledger: LedgerStore): string {
  const row = ledger.entry(0);
  return row === undefined ? '' : originOf(row.bytes);
}

function rootOf(ledger: LedgerStore): Digest {
  return Buffer.from(rootAt(ledger, ledger.size())).toString('hex');
}
