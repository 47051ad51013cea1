import type { Digest, Fingerprint, Role, Uuid } from '../identifiers.ts';
import { KEYS_TYPES } from '../ledger/authority.ts';
import { decodeEntry, type Entry } from '../ledger/entry.ts';
import type { EntryType } from '../ledger/entry-types.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { Instant } from '../time.ts';
import type { Identity } from './session.ts';

/** What the ledger says of a member of this vault: this counts, not the header. */
export interface Membership {
  readonly id: Uuid;
  readonly role: Role;
  /** The key that this member signs with now. */
  readonly fingerprint: Fingerprint;
  /** Every key that was ever this member's, the present one last. */
  readonly keys: readonly Fingerprint[];
  /** Those that the member still has: a replaced key was lost, with all that came before it. */
  readonly held: readonly Fingerprint[];
  /** When the member came. */
  readonly since: Instant;
  /** Commitment to the identity, opened by the row of that digest in `openings`. */
  readonly identity: Digest;
  readonly removed: boolean;
}

/** Entries that carry the digest of vault.json. */
const HEADER_TYPES: readonly EntryType[] = [
  'genesis',
  'passphrase-changed',
  'recovery-used',
  'recovery-renewed',
  'member-added',
  'member-removed',
  'member-role',
  'key-rotated',
  'key-replaced',
];

/** Every member that the ledger ever named, by id, as of its last entry. */
export function memberships(ledger: LedgerStore): Map<Uuid, Membership> {
  const members = new Map<Uuid, Membership>();
  for (const row of ledger.query({ types: ['genesis', ...KEYS_TYPES], order: 'ascending' })) {
    apply(members, decodeEntry(row.bytes, row.seq));
  }
  return members;
}

/** The digest of vault.json as the ledger last recorded it. */
export function recordedHeader(ledger: LedgerStore): Digest | undefined {
  const [row] = ledger.query({ types: HEADER_TYPES, order: 'descending', limit: 1 });
  if (row === undefined) return undefined;
  const { detail } = decodeEntry(row.bytes, row.seq);
  return 'header' in detail ? detail.header : undefined;
}

/** Who a commitment says somebody is; undefined when the ledger no longer holds its opening. */
export function openIdentity(ledger: LedgerStore, digest: Digest): Identity | undefined {
  const opening = ledger.opening(digest);
  return opening === undefined ? undefined : (JSON.parse(opening.value) as Identity);
}

function apply(members: Map<Uuid, Membership>, entry: Entry): void {
  switch (entry.type) {
    case 'genesis':
    case 'member-added': {
      const { member: id, role, fingerprint, identity } = entry.detail;
      const keys = [fingerprint];
      const since = entry.at;
      const held = keys;
      members.set(id, { id, role, fingerprint, keys, held, identity, since, removed: false });
      return;
    }
    case 'member-removed':
      change(members, entry.detail.member, { removed: true });
      return;
    case 'member-role':
      change(members, entry.detail.member, { role: entry.detail.to });
      return;
    case 'key-rotated':
    case 'key-replaced': {
      const { member, to: fingerprint } = entry.detail;
      const before = members.get(member);
      const keys = [...(before?.keys ?? []), fingerprint];
      const isLost = entry.type === 'key-replaced';
      const held = [...(isLost ? [] : (before?.held ?? [])), fingerprint];
      change(members, member, { fingerprint, keys, held });
      return;
    }
    default:
      return;
  }
}

function change(members: Map<Uuid, Membership>, id: Uuid, now: Partial<Membership>): void {
  const member = members.get(id);
  if (member !== undefined) members.set(id, { ...member, ...now });
}
