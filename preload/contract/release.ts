import { z } from 'zod';
import { Code, count, Digest, Fingerprint, Id, Instant, list, text } from './fields.ts';

/** The release as people write it, and the signed manifest as it is read. */

export const QUESTIONS = [
  'ownership',
  'consentOrInterest',
  'recipientIdentity',
  'minimisation',
  'necessity',
  'harmToIndividuals',
  'onwardTransfer',
] as const;
export const TLP = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const;

const Kind = z.enum(['release', 'request']);
const Risk = z.enum(['low', 'medium', 'high']);
const Given = z.enum(['met', 'not-met', 'not-applicable']);
const Affected = z.strictObject({ count, method: z.enum(['exact', 'estimated', 'unknown']) });
const Retention = z.strictObject({ deleteBy: text(32), action: z.enum(['destroy', 'return']) });
const Handling = z.strictObject({ tlp: z.enum(TLP), caveats: list(text(200), 20) });
const Origin = z.strictObject({
  how: text(4000),
  seizedAt: text(32).optional(),
  custodian: text(400).optional(),
  referenceHash: text(256).optional(),
});

const Answer = z.strictObject({ answer: Given, evidence: text(8000) }).optional();

/** A release while somebody is writing it: what is there has its form, anything may be missing. */
export const ReleaseForm = z.strictObject({
  kind: Kind.optional(),
  purpose: text(8000).optional(),
  purposeCodes: list(Code, 20).optional(),
  instrument: Code.optional(),
  legalBasis: list(Code, 20).optional(),
  transferBasis: list(Code, 20).optional(),
  offences: list(Code, 20).optional(),
  dataCategories: list(Code, 40).optional(),
  affectedIndividuals: Affected.optional(),
  origin: Origin.optional(),
  assessment: z
    .strictObject({
      ownership: Answer,
      consentOrInterest: Answer,
      recipientIdentity: Answer,
      minimisation: Answer,
      necessity: Answer,
      harmToIndividuals: Answer,
      onwardTransfer: Answer,
      risk: Risk.optional(),
    })
    .optional(),
  handling: Handling.optional(),
  retention: Retention.optional(),
  recipients: list(z.strictObject({ fingerprint: Fingerprint }), 1000).optional(),
  approvers: list(Fingerprint, 32).optional(),
  supersedes: Id.optional(),
  inReplyTo: Id.optional(),
  descriptions: z.record(text(4096), text(2000)).optional(),
});
export type ReleaseForm = z.infer<typeof ReleaseForm>;

const Person = z.object({
  name: text(400),
  organisation: text(400).optional(),
  country: text(8).optional(),
  fingerprint: Fingerprint,
});
const Assessed = z.object({ answer: Given, evidence: text(8000), by: Fingerprint, at: Instant });
const Columns = list(text(400), 2000);

/** A file of a package. `path` begins with `data/`. */
export const PackageFile = z.object({
  path: text(4096),
  size: count,
  sha256: Digest,
  mediaType: text(256),
  description: text(4000).optional(),
  originalName: text(8000).optional(),
});
export type PackageFile = z.infer<typeof PackageFile>;

/** What the sender signed. Codes may be unknown here: they are shown as they came. */
export const Manifest = z.object({
  format: text(32),
  id: Id,
  createdAt: Instant,
  kind: Kind,
  sender: Person,
  recipients: list(Person, 1000),
  approval: z.object({
    required: count,
    approvers: list(z.object({ name: text(400), fingerprint: Fingerprint }), 32),
  }),
  case: z.object({
    reference: text(400),
    title: text(400).optional(),
    theirReference: text(400).optional(),
  }),
  instrument: text(64),
  legalBasis: list(text(64), 20),
  transferBasis: list(text(64), 20).optional(),
  offences: list(text(64), 20),
  dataCategories: list(text(64), 40),
  purpose: text(8000),
  purposeCodes: list(text(64), 20).optional(),
  affectedIndividuals: Affected,
  origin: Origin,
  assessment: z.object({
    ownership: Assessed,
    consentOrInterest: Assessed,
    recipientIdentity: Assessed,
    minimisation: Assessed,
    necessity: Assessed,
    harmToIndividuals: Assessed,
    onwardTransfer: Assessed,
    risk: Risk,
  }),
  handling: Handling,
  retention: Retention,
  transformations: list(
    z.object({
      file: text(4096),
      tool: text(400),
      kept: Columns,
      masked: Columns,
      pseudonymised: Columns,
      rowsIn: count,
      rowsOut: count,
    }),
    1000,
  ).optional(),
  files: list(PackageFile, 1_000_000),
  supersedes: Id.optional(),
  inReplyTo: Id.optional(),
});
export type Manifest = z.infer<typeof Manifest>;
