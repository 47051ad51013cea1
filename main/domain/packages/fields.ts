import { z } from 'zod';
import { Country, Fingerprint } from '../identifiers.ts';
import { CalendarDate, Instant } from '../time.ts';

/**
 * Field forms that the signed documents share. Lengths are counted in code points, as Python's
 * `len` and JSON Schema's `maxLength` count them: hence the patterns with the `u` flag.
 */

/** One line of text: 1 to `max` characters, no control characters. */
export function line(max: number) {
  return z
    .string()
    .regex(new RegExp(`^[^\\u0000-\\u001f\\u007f-\\u009f]{1,${String(max)}}$`, 'u'), {
      error: `must be one line of 1 to ${String(max)} characters`,
    });
}

/** Text of `min` to `max` characters; of the control characters only tab and line ends. */
export function text(min: number, max: number) {
  const pattern = `^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]{${String(min)},${String(max)}}$`;
  return z.string().regex(new RegExp(pattern, 'u'), {
    error: `must be text of ${String(min)} to ${String(max)} characters`,
  });
}

/**
 * An array whose length is checked before any of its items, so that a document with millions of
 * wrong items costs one refusal and not millions.
 */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  const some = z.array(z.custom<z.input<T>>()).min(min).max(max);
  return some.pipe(z.array(item).min(min).max(max));
}

/** UUID version 7 in lower case: one spelling, since folders and digests depend on it. */
export const PackageId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'must be a UUID of version 7 in lower case',
  });

/** A count or a size: an integer from 0 to 2^53−1. */
export const Count = z.int().min(0);

/** A moment, or a day where only the day is known. */
export const Moment = z.union([Instant, CalendarDate]);

/** Somebody with a key who acts for an organisation: the sender, or who signs a document. */
export const Party = z.strictObject({
  name: line(200),
  organisation: line(200),
  country: Country.exactOptional(),
  fingerprint: Fingerprint,
});
export type Party = z.infer<typeof Party>;
