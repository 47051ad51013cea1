import { z } from 'zod';
import {
  AnyFileToken,
  Code,
  count,
  fileToken,
  Id,
  Instant,
  list,
  nothing,
  text,
  words,
} from './fields.ts';
import { invoke, work } from './kinds.ts';

const Affected = z.strictObject({
  count,
  method: z.enum(['exact', 'estimated', 'unknown']),
});

/** What a person says when opening a case. */
export const CaseForm = z.strictObject({
  reference: words(200),
  title: words(400),
  /** ISO country codes or names of organisations. */
  counterpart: list(words(200), 60),
  theirReference: words(200).optional(),
  instrument: Code.optional(),
  receivedOn: words(32).optional(),
  deadlines: list(z.strictObject({ name: words(200), at: words(32) }), 50).optional(),
  affectedIndividuals: Affected.optional(),
  offences: list(Code, 40).optional(),
});
export type CaseForm = z.infer<typeof CaseForm>;

/** How many people were offered a remedy of one kind so far, and what became of it. */
export const RemedyForm = z.strictObject({
  kind: Code,
  offered: count,
  accepted: count,
  declined: count,
  unreachable: count,
  fulfilled: count,
  at: Instant,
});
export type RemedyForm = z.infer<typeof RemedyForm>;

export const Case = z.object({
  id: Id,
  reference: text(200),
  title: text(400),
  state: z.enum(['open', 'closed']),
  openedAt: Instant,
  counterpart: list(text(200), 60),
  theirReference: text(200).optional(),
  instrument: text(64).optional(),
  receivedOn: text(32).optional(),
  deadlines: list(z.object({ name: text(200), at: text(32) }), 50).optional(),
  affectedIndividuals: Affected.optional(),
  offences: list(text(64), 40).optional(),
  /** The latest report of each kind: counts, and nobody's name. */
  remedies: list(RemedyForm.extend({ kind: text(64) }), 100).optional(),
  packages: list(
    z.object({ id: Id, state: text(32), direction: z.enum(['out', 'in']), title: text(400) }),
    100_000,
  ),
});
export type Case = z.infer<typeof Case>;

const named = z.strictObject({ reference: words(200) });

export const cases = {
  list: invoke(nothing, list(Case, 100_000)),
  show: invoke(named, Case),
  open: invoke(CaseForm, Case),
  close: invoke(named, Case),
  reopen: invoke(named, Case),
  remedy: invoke(z.strictObject({ reference: words(200), remedy: RemedyForm }), Case),
  /** Describes it for other programs, in a new folder; an RO-Crate has the decrypted bags beside it. */
  export: work(
    z.strictObject({
      reference: words(200),
      format: z.enum(['case', 'ro-crate']),
      out: fileToken('out'),
    }),
    z.object({ name: text(1024), packages: count, bags: count, written: AnyFileToken }),
  ),
} as const;
