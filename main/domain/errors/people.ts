import type { ErrorText } from './index.ts';

/** Contacts, members, cases, and what a role may do. */
export const peopleErrors = {
  'address-malformed': { exit: 1, message: '{address} is no e-mail address.' },
  'certificate-not-found': {
    exit: 1,
    message: 'No certificate is published for {address} there.',
    hint: 'Ask its owner for the file, and compare the fingerprint over another way.',
  },
  'certificate-for-another': {
    exit: 4,
    message:
      'What was published for {address} is a certificate for somebody else. It was not taken in.',
  },
  'directory-failed': {
    exit: 5,
    message: '{host} gave no certificate: {reason}.',
    hint: 'Try again later, or ask the owner for the file.',
  },
  'not-allowed': {
    exit: 3,
    message: 'The role {role} may not do this.',
    hint: 'Ask an officer of this vault.',
  },
  'contact-unknown': {
    exit: 1,
    message: 'No contact has the fingerprint {fingerprint}.',
    hint: 'Import the certificate first.',
  },
  'contact-is-self': {
    exit: 1,
    message: 'This certificate is your own ({fingerprint}). It was not added.',
  },
  'contact-needs-name': {
    exit: 1,
    message: 'The certificate {fingerprint} names nobody.',
    hint: 'Say whose it is with a name.',
  },
  'no-conflict': {
    exit: 1,
    message: 'No other key claims the address of {fingerprint}. There is nothing to settle.',
  },
  'alarm-none': {
    exit: 1,
    message: 'The ledger of {name} does not contradict what was seen of it. Nothing was changed.',
  },
  'complaint-unprovable': {
    exit: 1,
    message:
      'No complaint can be made to {name}: the signed checkpoint that their ledger contradicts was not kept.',
    hint: 'Both are named in the entry about it. Tell them by telephone.',
  },
  'case-unknown': { exit: 1, message: 'There is no case {reference}.', hint: 'Open it first.' },
  'case-exists': { exit: 1, message: 'There is a case {reference} already.' },
  'case-closed': {
    exit: 1,
    message: 'The case {reference} is closed.',
    hint: 'Reopen it, or choose another case.',
  },
  'case-state': { exit: 1, message: 'The case {reference} is {state} already.' },
} as const satisfies Record<string, ErrorText>;
