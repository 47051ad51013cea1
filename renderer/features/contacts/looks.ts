import type { IconName, Tone } from '../../ui/index.ts';
import type { Contact } from './types.ts';

export const STATES = ['verified', 'unverified', 'conflict', 'blocked', 'unusable'] as const;

export const LOOKS: Readonly<Record<Contact['state'], { tone: Tone; icon: IconName }>> = {
  verified: { tone: 'ok', icon: 'verified' },
  unverified: { tone: 'warn', icon: 'warning' },
  conflict: { tone: 'bad', icon: 'contacts' },
  blocked: { tone: 'bad', icon: 'block' },
  unusable: { tone: 'bad', icon: 'stop' },
};
