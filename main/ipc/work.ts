import type { Contract } from '../../preload/contract/index.ts';
import type { Handlers } from '../../preload/contract/kinds.ts';
import type { Asking } from './counter.ts';
import type { Works } from './works.ts';

/** How the window stops what it started. */
export function workHandlers(works: Works): Handlers<Contract['work'], Asking> {
  return { cancel: ({ work }) => ({ running: works.cancel(work) }) };
}
