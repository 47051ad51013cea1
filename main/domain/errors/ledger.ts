import type { ErrorText } from './index.ts';

/** The ledger, its checkpoints and its proofs. */
export const ledgerErrors = {
  'not-canonical': {
    exit: 1,
    message: '{what} is not in canonical form at {where}.',
    hint: 'Use the file as it was written; an editor or a mail program may have changed it.',
  },
} as const satisfies Record<string, ErrorText>;
