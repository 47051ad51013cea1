import type { ActGroup } from './types.ts';

/** Entry types by what a person calls them. `all` has none: everything. */
export const TYPES_OF: Readonly<Record<ActGroup, readonly string[]>> = {
  all: [],
  packages: [
    'draft-made',
    'draft-changed',
    'draft-discarded',
    'assessed',
    'frozen',
    'addressed',
    'approved',
    'refused',
    'sealed',
    'dispatched',
    'arrived',
    'extracted',
    'accepted',
    'rejected',
    'destroyed',
    'returned',
    'recalled',
    'superseded',
    'recorded',
  ],
  receipts: ['receipt-in', 'receipt-out', 'receipt-conflict'],
  contacts: [
    'contact-added',
    'contact-verified',
    'contact-changed',
    'contact-conflict',
    'contact-blocked',
    'contact-excepted',
  ],
  vault: [
    'genesis',
    'unlocked',
    'unlock-failed',
    'locked',
    'passphrase-changed',
    'recovery-used',
    'recovery-renewed',
    'key-made',
    'key-rotated',
    'key-replaced',
    'key-revoked',
    'ledger-verified',
    'exported',
  ],
  trouble: [
    'import-refused',
    'receipt-conflict',
    'contact-conflict',
    'unlock-failed',
    'rollback-found',
    'rollback-acknowledged',
    'fork-found',
    'clock-went-back',
  ],
};

/** Acts that a person should notice in a long list. */
export const TROUBLE: ReadonlySet<string> = new Set(TYPES_OF.trouble);
