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
  'ledger-not-authorised': {
    exit: 3,
    message: 'The ledger does not let {role} append {type} here ({reason}). Nothing was written.',
    hint: 'Ask an officer of this vault.',
  },
  'ledger-damaged': {
    exit: 4,
    message: 'The ledger is not as it was signed last ({problem}), so nothing is appended to it.',
    hint: 'Verify it: valise ledger verify. Then restore a backup into a new folder.',
  },
  'commit-unsure': {
    exit: 5,
    message:
      'The disk failed while an act was being written ({reason}). The next unlock finishes it or takes it back.',
    hint: 'Check the disk, lock the vault and unlock it again.',
  },
  'checkpoint-malformed': {
    exit: 4,
    message: 'The checkpoint is not in its one form: {where}.',
    hint: 'Use the file as it was written; an editor or a mail program may have changed it.',
  },
  'checkpoint-not-kept': {
    exit: 1,
    message: 'There is no kept checkpoint at size {size}. The nearest ones: {near}.',
    hint: 'Kept are the last one, the last of every run of one person, every 4096th, and each that left the vault.',
  },
  'checkpoint-order': {
    exit: 1,
    message:
      'A ledger of {to} entries does not continue one of {from}: name the smaller size first.',
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
  'views-full': {
    exit: 1,
    message: 'History keeps {most} views at most. This one was not kept.',
    hint: 'Remove one that nobody needs.',
  },
  'ledger-unknown': {
    exit: 1,
    message: 'This vault keeps no earlier ledger {origin}.',
    hint: 'List them: valise ledger earlier.',
  },
  'ledger-without-you': {
    exit: 3,
    message: 'You were no member of this office in the ledger {origin}. Nothing was written.',
    hint: 'Somebody who was one can export it.',
  },
  'trouble-none': {
    exit: 1,
    message: 'The ledger is in order, so there is nothing to acknowledge. Nothing was changed.',
  },
  'timestamp-refused': {
    exit: 4,
    message: 'The time-stamp does not count: {problem}. Nothing was kept.',
    hint: 'Ask the authority again, with a new request.',
  },
  'timestamp-unasked': {
    exit: 4,
    message: 'The time-stamp answers no request of this ledger that is still open.',
    hint: 'Make a request first: valise ledger timestamp --request F.',
  },
  'timestamp-server': {
    exit: 5,
    message: 'The time-stamp authority {host} gave no answer: {reason}. Nothing was kept.',
    hint: 'Try again, or carry the request to it as a file.',
  },
  'entry-unknown': { exit: 1, message: 'The ledger has no entry {seq}.' },
  'sample-beyond': {
    exit: 1,
    message: 'The ledger has {present} entries, so no sample can be drawn from the first {size}.',
    hint: 'Name a size from 1 up to the present one.',
  },
  'not-a-bundle': {
    exit: 1,
    message: '{path} is not an evidence bundle.',
    hint: 'Name the folder that holds bundle.json, or a tar of it.',
  },
  'bundle-tar-refused': {
    exit: 4,
    message: 'The tar {path} is not one that a bundle can be read from ({problem}).',
    hint: 'Ask for it again, or unpack it and name the folder that holds bundle.json.',
  },
  'bundle-closed': {
    exit: 1,
    message: 'This bundle is no longer open.',
    hint: 'Open it again.',
  },
  'signer-other': {
    exit: 3,
    message: 'No checkpoint of this bundle is signed by the key {fingerprint}.',
    hint: 'Compare what you typed, sign by sign. When it is right, somebody else kept this ledger.',
  },
  'bundle-damaged': {
    exit: 4,
    message: 'The bundle {path} is itself not in order, so it proves nothing.',
    hint: 'See what is wrong with: valise verify.',
  },
} as const satisfies Record<string, ErrorText>;
