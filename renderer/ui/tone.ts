import type { IconName } from './icons.ts';

/** What a thing says about itself. Colour only repeats what the icon and the word already say. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral';

/** The icon of each tone: four shapes that are told apart without colour. */
export const TONE_ICON: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  warn: 'warning',
  bad: 'stop',
  info: 'info',
  neutral: 'circle',
};
