import type { IconName, Tone } from '../../ui/index.ts';
import type { PairState } from './types.ts';

/** How each state of a pair looks, beside its word. */
export const STATE_LOOK: Readonly<
  Record<PairState, { readonly tone: Tone; readonly icon: IconName }>
> = {
  equal: { tone: 'ok', icon: 'check' },
  pending: { tone: 'info', icon: 'clock' },
  'only-in-a': { tone: 'bad', icon: 'minus' },
  'only-in-b': { tone: 'bad', icon: 'minus' },
  differs: { tone: 'bad', icon: 'warning' },
};
