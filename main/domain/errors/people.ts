import type { ErrorText } from './index.ts';

/** Contacts, members and what a role may do. */
export const peopleErrors = {
  'not-allowed': {
    exit: 3,
    message: 'The role {role} may not do this.',
    hint: 'Ask an officer of this vault.',
  },
} as const satisfies Record<string, ErrorText>;
