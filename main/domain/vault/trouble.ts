import type { Digest, Fingerprint } from '../identifiers.ts';
import { compareAnchor } from '../ledger/anchor.ts';
import { originOf } from '../ledger/checkpoint.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { AnchorPosition } from './anchor-port.ts';

/**
 * Why nothing may be appended, each for what it is.
 * `rollback`: the whole vault is older than what is remembered. `truncated`: ledger.db alone is,
 * put back or cut off. `fork`: it parted from what is remembered. `replaced`: it is another
 * ledger from its first entry on. `header-older`, `vault-db-older`: that file alone is an old copy.
 */
export type TroubleCode = keyof typeof TROUBLES;

export interface Trouble {
  readonly code: TroubleCode;
  /** Entries that stand here. */
  readonly size: number;
  /** Entries that are known of. */
  readonly knownSize: number;
  /** What knows better: this computer, a counterparty, another file of the vault. */
  readonly where: 'anchor' | 'witness' | 'header' | 'vault.db' | 'ledger.db';
  /** The place that is remembered; a root of 64 zeros when only the size is known. */
  readonly known: { readonly origin: string; readonly size: number; readonly root: Digest };
  /** The counterparty who witnessed it. */
  readonly by?: Fingerprint;
  /**
   * First and last entry that are known of and do not stand here, or, of a fork, between which
   * the two part. Absent when no entry is known to be missing.
   */
  readonly missing?: { readonly from: number; readonly to: number };
}

/** What happened and what is missing, as people are told; `{from}` and `{to}` are entries. */
export const TROUBLES = {
  rollback:
    'This vault is an old copy: it has {size} entries, and {knownSize} are remembered by {who}. Entries {from} to {to} are missing.',
  truncated:
    'ledger.db ends too early: it has {size} entries, and {who} knows of {knownSize}. It was put back alone, or its end was cut off. Entries {from} to {to} are missing.',
  fork: 'This ledger is not the one that is remembered by {who}: somewhere from entry {from} to entry {to} they part. Two copies of the vault went on, or entries were written anew and signed again.',
  replaced:
    'Another ledger stands here than the one of {knownSize} entries that is remembered by {who}: it was put in its place, or written anew from its first entry on. Entries {from} to {to} of the other are missing.',
  'header-older':
    'vault.json is an old copy: the ledger says that another one is in force. No entry is missing, but passphrases and roles may be those of an earlier day.',
  'vault-db-older':
    'vault.db is an old copy: it knows what the first {knownSize} entries did, and the ledger has {size}. No entry is missing, but what entries {from} to {to} changed in packages, contacts and cases is.',
} as const;

/** The sentence that says what happened and what is known to be missing. */
export function describeTrouble(trouble: Trouble): string {
  const { code, size, knownSize, missing, where } = trouble;
  const who = { anchor: 'this computer', witness: 'a counterparty' }[where as string] ?? where;
  const { from, to } = missing ?? { from: size, to: size };
  const params: Readonly<Record<string, string | number>> = { size, knownSize, from, to, who };
  return TROUBLES[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
}

/** A root that is not known: only a size is. */
export const NO_ROOT: Digest = '0'.repeat(64);

/**
 * Whether the ledger is behind, or beside, a place that is remembered; of several troubles, the
 * one with the largest known size.
 */
export function compareWithAnchors(
  ledger: LedgerStore,
  positions: readonly AnchorPosition[],
): Trouble | undefined {
  const size = ledger.size();
  let found: AnchorPosition | undefined;
  let agreed = 0;
  for (const position of [...positions].sort((a, b) => b.size - a.size)) {
    const comparison = compareAnchor(ledger, position);
    if (comparison === 'rollback' || comparison === 'fork') found ??= position;
    // Only what is shorter bounds where a fork began: two histories may grow past it.
    else if (comparison !== 'continued' && found !== undefined)
      agreed = Math.max(agreed, position.size);
  }
  if (found === undefined) return undefined;
  const { by, origin, root } = found;
  const genesis = ledger.entry(0);
  const isOther = genesis !== undefined && originOf(genesis.bytes) !== origin;
  const code = isOther ? 'replaced' : found.size > size ? 'rollback' : 'fork';
  const from = { replaced: 0, rollback: size, fork: Math.max(agreed, 1) }[code];
  return {
    code,
    size,
    knownSize: found.size,
    where: by === 'self' ? 'anchor' : 'witness',
    known: { origin, size: found.size, root },
    ...(by === 'self' ? {} : { by }),
    missing: { from, to: found.size - 1 },
  };
}
