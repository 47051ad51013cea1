import type { ErrorText } from './index.ts';

/** The vault folder, its key slots and its databases. */
export const vaultErrors = {
  'vault-missing': {
    exit: 1,
    message: 'There is no vault in {folder}.',
    hint: 'Name the folder of an existing vault, or make a new one.',
  },
  'vault-exists': {
    exit: 1,
    message: '{folder} already holds files, so no vault was made there.',
    hint: 'Choose a new or an empty folder.',
  },
  'vault-busy': {
    exit: 1,
    message: 'This vault is open in another program ({holder}, process {pid}).',
    hint: 'Lock it there first, or wait with --wait.',
  },
  'vault-locked': { exit: 3, message: 'The vault is locked.', hint: 'Unlock it first.' },
  'wrong-passphrase': {
    exit: 3,
    message: 'This passphrase opens no slot of the vault. Nothing was changed.',
    hint: 'Check the keyboard layout and caps lock, or use the recovery code.',
  },
  'wrong-recovery-code': {
    exit: 3,
    message: 'This recovery code opens no slot of the vault. Nothing was changed.',
    hint: 'Compare each group with the printed sheet.',
  },
  'passphrase-too-short': {
    exit: 1,
    message: 'A passphrase needs at least 12 characters.',
    hint: 'Several unrelated words make a good one.',
  },
} as const satisfies Record<string, ErrorText>;
