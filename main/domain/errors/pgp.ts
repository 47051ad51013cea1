import type { ErrorText } from './index.ts';

/** OpenPGP: certificates, keys, messages and signatures. */
export const pgpErrors = {
  'not-openpgp': {
    exit: 1,
    message: 'This is not an OpenPGP file.',
    hint: 'Ask the sender which file was meant.',
  },
} as const satisfies Record<string, ErrorText>;
