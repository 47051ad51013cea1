import type { ErrorText } from './index.ts';

const RESTORE = 'Put the file back from a backup, or restore the backup into a new folder.';

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
  'vault-newer': {
    exit: 1,
    message: '{file} was made by a newer version of Valise. It was not changed.',
    hint: 'Open the vault with that version or a later one.',
  },
  'ledger-read-only': {
    exit: 4,
    message: 'The vault can only be read. {trouble} Nothing was changed.',
    hint: 'Look for the newer copy of this vault, and open that one. When it is lost for good, an officer goes on from here: valise ledger acknowledge.',
  },

  'wrong-passphrase': {
    exit: 3,
    message: 'This passphrase opens no slot of the vault. Nothing was changed.',
    hint: 'Check the keyboard layout and caps lock, or use the recovery code.',
  },
  'wrong-recovery-code': {
    exit: 3,
    message: 'This recovery code opens no slot of the vault. Nothing was changed.',
    hint: 'Compare each group with the printed sheet. A renewed code replaces the older one.',
  },
  'recovery-code-mistyped': {
    exit: 3,
    message: 'The recovery code is mistyped: {problem}. Nothing was tried and nothing was changed.',
    hint: 'It has eight groups of four and one last character. Compare each group with the sheet.',
  },
  'slot-changed': {
    exit: 3,
    message:
      'Nothing was opened, and vault.json is not as this computer last saw it: a slot may be damaged, or may have been changed on another computer. Nothing was changed.',
    hint: 'If the passphrase was changed elsewhere, use the new one. Otherwise put vault.json back from a backup, or use the recovery code.',
  },
  'slot-damaged': {
    exit: 1,
    message:
      'The passphrase or code is right, but its slot in vault.json is damaged ({part}). Nothing was changed.',
    hint: `${RESTORE} Another slot, such as the recovery code, may still open the vault.`,
  },
  'member-unknown': {
    exit: 1,
    message: 'No slot of this vault belongs to the member {member}.',
    hint: 'Leave the member out to try every slot.',
  },
  'passphrase-too-short': {
    exit: 1,
    message: 'A passphrase needs at least 12 characters.',
    hint: 'Several unrelated words make a good one.',
  },
  'passphrase-too-long': {
    exit: 1,
    message: 'A passphrase can have at most 1024 characters.',
    hint: 'Several unrelated words are enough.',
  },
  'passphrase-in-use': {
    exit: 1,
    message: 'This passphrase already opens a slot of the vault. Nothing was changed.',
    hint: 'Choose a passphrase that was not used here before.',
  },

  'header-damaged': {
    exit: 1,
    message: 'vault.json is damaged ({problem}). The databases were not touched.',
    hint: RESTORE,
  },
  'header-altered': {
    exit: 4,
    message: 'vault.json was altered by somebody without the keys ({part}). Nothing was changed.',
    hint: RESTORE,
  },
  'header-weak-kdf': {
    exit: 4,
    message:
      'vault.json asks for a weaker key derivation than Valise ever writes ({problem}). Nothing was tried.',
    hint: RESTORE,
  },
  'header-excessive-kdf': {
    exit: 4,
    message:
      'vault.json asks for more memory or work than Valise ever writes ({problem}). Nothing was tried.',
    hint: RESTORE,
  },
  'header-too-many-slots': {
    exit: 4,
    message: 'vault.json has {count} slots; at most 32 are allowed. Nothing was tried.',
    hint: RESTORE,
  },
  'vault-full': {
    exit: 1,
    message: 'This vault has no room for another slot: at most 32 are allowed.',
    hint: 'Remove a member who has left.',
  },

  'vault-unfinished': {
    exit: 1,
    message:
      'A change of the keys of this vault was interrupted and is not finished. Nothing was changed.',
    hint: 'It is finished when an officer or an approver unlocks the vault.',
  },
  'member-is-self': {
    exit: 1,
    message: 'Nobody takes their own role away or leaves by themselves. Nothing was changed.',
    hint: 'Another officer of this vault can do it.',
  },
  'member-opens-alone': {
    exit: 1,
    message:
      'Only the key of {name} opens {count} sealed packages of this vault: {packages}. Nothing was changed.',
    hint: 'Extract what is still needed with that member, or say that it may be lost.',
  },
  'member-opens-packages': {
    exit: 1,
    message:
      'The key of {name} opens {count} sealed packages of this vault: {packages}. An auditor may hold no such key. Nothing was changed.',
    hint: 'Remove the member, and add the person anew as an auditor with a new key.',
  },

  'database-missing': {
    exit: 1,
    message: '{file} is missing from the vault folder. The passphrase is right.',
    hint: RESTORE,
  },
  'database-empty': {
    exit: 1,
    message:
      '{file} is empty (0 bytes). The passphrase is right; the file was lost or never copied.',
    hint: RESTORE,
  },
  'database-truncated': {
    exit: 1,
    message:
      '{file} is cut off: {bytes} bytes, which is no whole number of pages. The passphrase is right.',
    hint: RESTORE,
  },
  'database-plain': {
    exit: 4,
    message: '{file} is an unencrypted database, which Valise never writes. It was not opened.',
    hint: RESTORE,
  },
  'database-foreign': {
    exit: 4,
    message:
      '{file} is not of this vault: it is the database of another one, or no database at all. The passphrase is right.',
    hint: RESTORE,
  },
  'database-damaged': {
    exit: 4,
    message: '{file} is damaged ({problem}). The passphrase is right; nothing was changed.',
    hint: RESTORE,
  },

  'not-writable': {
    exit: 5,
    message:
      'Valise may not write to {path}: the disk or the folder is read-only. Nothing was changed.',
    hint: 'Use a folder that you may write to.',
  },
  'not-readable': {
    exit: 1,
    message: 'Valise may not read {path}.',
    hint: 'Check who may read it.',
  },
  'file-missing': { exit: 1, message: '{path} does not exist.', hint: 'Check the name.' },
  'file-exists': {
    exit: 1,
    message: '{path} already exists. It was not changed.',
    hint: 'Choose another name or remove it first.',
  },
  'file-too-large': {
    exit: 1,
    message: '{path} is larger than the {limit} bytes that are read here.',
    hint: 'Check that it is the file that was meant.',
  },
  'path-unsafe': {
    exit: 1,
    message: 'The name {path} leads outside its folder, so nothing was written.',
    hint: 'Ask the sender for a package with plain names.',
  },

  'own-keys-full': {
    exit: 1,
    message: 'The slots of this vault have no room for another key of this member.',
    hint: 'Use a smaller key, or join as a new member.',
  },
  'own-key-unknown': {
    exit: 1,
    message: 'You have no key {fingerprint} in this vault.',
    hint: 'List your keys: valise key list.',
  },
  'own-key-revoked': {
    exit: 1,
    message: 'The key {fingerprint} is revoked already.',
    hint: 'Publish its certificate, so that others learn of it.',
  },
  'own-key-known': {
    exit: 1,
    message: 'The key {fingerprint} is one of yours already.',
    hint: 'List your keys: valise key list.',
  },
} as const satisfies Record<string, ErrorText>;
