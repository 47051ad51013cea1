import { z } from 'zod';

/** A moment as every document writes it: `YYYY-MM-DDTHH:MM:SSZ`, to the second, in UTC. */
export type Instant = string;

export const Instant = z.iso.datetime({ precision: 0, offset: false, local: false });

/** A calendar day, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

/** `date` cut to the second. */
export function instant(date: Date): Instant {
  return `${date.toISOString().slice(0, 19)}Z`;
}
