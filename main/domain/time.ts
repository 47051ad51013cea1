import { z } from 'zod';

/** A moment as every document writes it: `YYYY-MM-DDTHH:MM:SSZ`, to the second, in UTC. */
export type Instant = string;

export const Instant = z.iso.datetime({ precision: 0, offset: false, local: false });

/** A calendar day, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

/** The first moment that `given` covers: a day covers all of its own. Anything else stays as it is. */
export function firstMoment(given: string): Instant {
  return CalendarDate.safeParse(given).success ? `${given}T00:00:00Z` : given;
}

/** The last moment that `given` covers. */
export function lastMoment(given: string): Instant {
  return CalendarDate.safeParse(given).success ? `${given}T23:59:59Z` : given;
}

/** `date` cut to the second. */
export function instant(date: Date): Instant {
  return `${date.toISOString().slice(0, 19)}Z`;
}
