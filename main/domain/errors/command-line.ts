import type { ErrorText } from './index.ts';

/** What only the command line can get wrong. */
export const commandLineErrors = {
  'vault-not-named': {
    exit: 1,
    message: 'No vault was named.',
    hint: 'Name its folder with --vault or VALISE_VAULT.',
  },
  'passphrase-missing': {
    exit: 1,
    message: 'No passphrase was given.',
    hint: 'Use --passphrase-file FILE, --passphrase-file - for stdin, or VALISE_PASSPHRASE.',
  },
  'wait-refused': { exit: 1, message: '--wait takes a number of seconds.' },
} as const satisfies Record<string, ErrorText>;
