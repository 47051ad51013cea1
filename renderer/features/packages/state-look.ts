import type { IconName, Tone } from '../../ui/index.ts';
import type { PackageState, Recipient } from './types.ts';

export interface StateLook {
  readonly tone: Tone;
  readonly icon: IconName;
}

type State = PackageState | Recipient['state'];

const LOOKS: Readonly<Record<State, StateLook>> = {
  draft: { tone: 'neutral', icon: 'edit' },
  assessed: { tone: 'info', icon: 'edit' },
  approved: { tone: 'info', icon: 'approve' },
  sealed: { tone: 'warn', icon: 'stamp' },
  dispatched: { tone: 'info', icon: 'send' },
  delivered: { tone: 'info', icon: 'inbox' },
  accepted: { tone: 'ok', icon: 'check' },
  rejected: { tone: 'bad', icon: 'stop' },
  returned: { tone: 'neutral', icon: 'undo' },
  destroyed: { tone: 'neutral', icon: 'destroy' },
  recalled: { tone: 'warn', icon: 'undo' },
  superseded: { tone: 'neutral', icon: 'archive' },
  expired: { tone: 'warn', icon: 'clock' },
  disputed: { tone: 'bad', icon: 'warning' },
};

/** The icon and the tone of a state; the word beside it says it. */
export function lookOf(state: State): StateLook {
  return LOOKS[state];
}

export const isDraft = (state: PackageState): boolean =>
  state === 'draft' || state === 'assessed' || state === 'approved';

type Received = Exclude<PackageState, 'draft' | 'assessed' | 'approved' | 'sealed' | 'dispatched'>;

/** Whether a package of others can be in this state: theirs begin when they are delivered. */
export const isReceived = (state: PackageState): state is Received =>
  !isDraft(state) && state !== 'sealed' && state !== 'dispatched';
