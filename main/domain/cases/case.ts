import { z } from 'zod';
import { Code, type Uuid } from '../identifiers.ts';
import type { Remedy } from './remedy.ts';
import { CalendarDate, Instant } from '../time.ts';

/** What `case new` reads: `case.json`. Unknown members are refused by name. */
export const CaseInput = z.strictObject({
  reference: z.string().trim().min(1).max(120),
  title: z.string().trim().min(1).max(200),
  /** ISO country codes or names of organisations. */
  counterpart: z.array(z.string().trim().min(1).max(200)).max(60),
  theirReference: z.string().trim().min(1).max(120).optional(),
  instrument: Code.optional(),
  receivedOn: CalendarDate.optional(),
  deadlines: z
    .array(z.strictObject({ name: z.string().min(1).max(120), at: Instant }))
    .max(50)
    .optional(),
  affectedIndividuals: z
    .strictObject({ count: z.int().min(0), method: z.enum(['exact', 'estimated', 'unknown']) })
    .optional(),
  offences: z.array(Code).max(20).optional(),
});
export type CaseInput = z.infer<typeof CaseInput>;

/** The row's id is the case's id; people know it by its reference, which is unique in a vault. */
export interface CaseRecord extends CaseInput {
  readonly id: Uuid;
  readonly state: 'open' | 'closed';
  readonly openedAt: Instant;
  /** The latest report of each kind. */
  readonly remedies?: readonly Remedy[];
}
