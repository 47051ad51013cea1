import { z } from 'zod';
import { Code, Country, Digest, Fingerprint } from '../identifiers.ts';
import { CalendarDate, Instant } from '../time.ts';
import { Count, line, list, Moment, PackageId, Party, text } from './fields.ts';

/** The form of `release.json`, `valise.release/1`: see docs/formats/release.md. */

export const RELEASE_FORMAT = 'valise.release/1';

export const Recipient = z.strictObject({
  name: line(200),
  organisation: line(200).exactOptional(),
  country: Country.exactOptional(),
  fingerprint: Fingerprint,
});

export const Approval = z.strictObject({
  required: z.int().min(0).max(32),
  approvers: list(z.strictObject({ name: line(200), fingerprint: Fingerprint }), 0, 32),
});

export const AffectedIndividuals = z.strictObject({
  count: Count,
  method: z.enum(['exact', 'estimated', 'unknown']),
});

export const Origin = z.strictObject({
  how: text(1, 2000),
  seizedAt: Moment.exactOptional(),
  custodian: line(200).exactOptional(),
  /** Hex, with the algorithm's name before it when that is not plain from the length. */
  referenceHash: z
    .string()
    .regex(/^(?:[a-z0-9-]{2,16}:)?[0-9A-Fa-f]{32,128}$/, { error: 'must be a digest in hex' })
    .exactOptional(),
});

export const Answer = z.enum(['met', 'not-met', 'not-applicable']);
export const Evidence = text(0, 4000);
export const Risk = z.enum(['low', 'medium', 'high']);

const Assessed = z.strictObject({
  answer: Answer,
  evidence: Evidence,
  by: Fingerprint,
  at: Instant,
});

export const Handling = z.strictObject({
  tlp: z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']),
  caveats: list(line(200), 0, 20),
});

export const Retention = z.strictObject({
  deleteBy: CalendarDate,
  action: z.enum(['destroy', 'return']),
});

/** A path in the bag; `checkName` holds the rule of which this is the rough form. */
const PayloadPath = z.string().regex(/^data\/[^\\%\u0000-\u001f\u007f-\u009f]{1,3000}$/u, {
  error: 'must be a path that begins with data/',
});

const Columns = list(line(200), 0, 2000);

export const Transformation = z.strictObject({
  file: PayloadPath,
  tool: line(200),
  kept: Columns,
  masked: Columns,
  pseudonymised: Columns,
  rowsIn: Count,
  rowsOut: Count,
});

/** RFC 6838 section 4.2: type and subtype, without parameters. */
export const MediaType = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/, {
    error: 'must be a media type such as text/csv',
  });

export const FileEntry = z.strictObject({
  path: PayloadPath,
  size: Count,
  sha256: Digest,
  mediaType: MediaType,
  description: text(1, 2000).exactOptional(),
  originalName: text(1, 4000).exactOptional(),
});
export type FileEntry = z.infer<typeof FileEntry>;

export const Codes = (min: number, max: number) => list(Code, min, max);

/** Every question of the assessment, each with the schema `answer`. */
export function questions<T extends z.ZodType>(answer: T) {
  return {
    ownership: answer,
    consentOrInterest: answer,
    recipientIdentity: answer,
    minimisation: answer,
    necessity: answer,
    harmToIndividuals: answer,
    onwardTransfer: answer,
  };
}

/** All of the manifest but `files`, whose items are checked one by one (see manifest.ts). */
export const ManifestHead = z.strictObject({
  format: z.literal(RELEASE_FORMAT),
  id: PackageId,
  createdAt: Instant,
  kind: z.enum(['release', 'request']),
  sender: Party,
  recipients: list(Recipient, 1, 1000),
  approval: Approval,
  case: z.strictObject({
    reference: line(120),
    title: line(200).exactOptional(),
    theirReference: line(120).exactOptional(),
  }),
  instrument: Code,
  legalBasis: Codes(1, 20),
  transferBasis: Codes(0, 20).exactOptional(),
  offences: Codes(0, 20),
  dataCategories: Codes(0, 40),
  purpose: text(1, 2000),
  purposeCodes: Codes(0, 20).exactOptional(),
  affectedIndividuals: AffectedIndividuals,
  origin: Origin,
  assessment: z.strictObject({ ...questions(Assessed), risk: Risk }),
  handling: Handling,
  retention: Retention,
  transformations: list(Transformation, 0, 1000).exactOptional(),
  files: z.array(z.unknown()),
  supersedes: PackageId.exactOptional(),
  inReplyTo: PackageId.exactOptional(),
});

/** The whole form, for the published schema and for the type. */
export const Manifest = ManifestHead.extend({ files: z.array(FileEntry) }).meta({
  title: RELEASE_FORMAT,
  description: 'The release manifest, release.json. The rules across fields are on its page.',
});
export type Manifest = z.infer<typeof Manifest>;
