import type { ErrorText } from './index.ts';

/** Files, folders, channels and the outside world. */
export const exchangeErrors = {
  cancelled: { exit: 1, message: 'Stopped, as you asked. Nothing half-done was left behind.' },
  'disk-full': {
    exit: 5,
    message: 'There is not enough space for {path}. Nothing was changed.',
    hint: 'Make room, then try again.',
  },
} as const satisfies Record<string, ErrorText>;
