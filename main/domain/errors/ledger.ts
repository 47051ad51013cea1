import type { ErrorText } from './index.ts';

/** The ledger, its checkpoints and its proofs. */
export const ledgerErrors = {
  'not-canonical': {
    exit: 1,
    message: '{what} is not in canonical form at {where}.',
    hint: 'Use the file as it was written; an editor or a mail program may have changed it.',
  },
  'entry-too-large': {
    exit: 1,
    message: 'Entry {seq} has {bytes} bytes; at most 4096 are allowed. Nothing was written.',
    hint: 'Name fewer things in one act.',
  },
  'entry-type-unknown': {
    exit: 1,
    message: 'Entry {seq} is of a type that this version does not know. Nothing was changed.',
    hint: 'A newer version of Valise may read it.',
  },
  'checkpoint-malformed': {
    exit: 4,
    message: 'The checkpoint is not in its one form: {where}.',
    hint: 'Use the file as it was written; an editor or a mail program may have changed it.',
  },
  'ledger-entry-missing': {
    exit: 4,
    message: 'Entry {seq} is missing from the ledger.',
    hint: 'Look for a newer copy of this vault, or restore a backup into a new folder.',
  },
  'ledger-node-missing': {
    exit: 4,
    message: 'The tree of the ledger lacks node {index} of level {level}.',
    hint: 'Verify the ledger: valise ledger verify.',
  },
} as const satisfies Record<string, ErrorText>;
