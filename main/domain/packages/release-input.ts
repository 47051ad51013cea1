import { z } from 'zod';
import { Code, Fingerprint } from '../identifiers.ts';
import { list, PackageId, text } from './fields.ts';
import {
  AffectedIndividuals,
  Answer,
  Codes,
  Evidence,
  Handling,
  Origin,
  questions,
  RELEASE_FORMAT,
  Retention,
  Risk,
  type Manifest,
} from './manifest-schema.ts';

/** A fingerprint as people write it, in groups or in lower case, brought to the one form. */
const WrittenFingerprint = z
  .string()
  .overwrite((given) => given.replace(/\s+/gu, '').toUpperCase())
  .pipe(Fingerprint);

const AnswerInput = z.strictObject({ answer: Answer, evidence: Evidence });

const members = {
  kind: z.enum(['release', 'request']),
  purpose: text(1, 2000),
  purposeCodes: Codes(0, 20),
  instrument: Code,
  legalBasis: Codes(1, 20),
  transferBasis: Codes(0, 20),
  offences: Codes(0, 20),
  dataCategories: Codes(0, 40),
  affectedIndividuals: AffectedIndividuals,
  origin: Origin,
  assessment: z.strictObject({ ...questions(AnswerInput), risk: Risk }),
  handling: Handling,
  retention: Retention,
  recipients: list(z.strictObject({ fingerprint: WrittenFingerprint }), 1, 1000),
  approvers: list(WrittenFingerprint, 0, 32),
  supersedes: PackageId,
  inReplyTo: PackageId,
  descriptions: z.record(z.string(), text(1, 2000)),
};

const {
  kind,
  purposeCodes,
  transferBasis,
  approvers,
  supersedes,
  inReplyTo,
  descriptions,
  ...required
} = members;

/**
 * What `package new` reads: `release.json`, complete. The program fills in all else. Unknown
 * members are refused by name.
 */
export const ReleaseInput = z.strictObject({
  ...required,
  kind: kind.exactOptional(),
  purposeCodes: purposeCodes.exactOptional(),
  transferBasis: transferBasis.exactOptional(),
  approvers: approvers.exactOptional(),
  supersedes: supersedes.exactOptional(),
  inReplyTo: inReplyTo.exactOptional(),
  descriptions: descriptions.exactOptional(),
});
export type ReleaseInput = z.infer<typeof ReleaseInput>;

/** The same while somebody is still writing it: whatever is there has its form. */
export const ReleaseDraft = z.strictObject({
  kind: kind.exactOptional(),
  purpose: members.purpose.exactOptional(),
  purposeCodes: purposeCodes.exactOptional(),
  instrument: members.instrument.exactOptional(),
  legalBasis: members.legalBasis.exactOptional(),
  transferBasis: transferBasis.exactOptional(),
  offences: members.offences.exactOptional(),
  dataCategories: members.dataCategories.exactOptional(),
  affectedIndividuals: members.affectedIndividuals.exactOptional(),
  origin: members.origin.exactOptional(),
  assessment: z
    .strictObject({ ...questions(AnswerInput.exactOptional()), risk: Risk.exactOptional() })
    .exactOptional(),
  handling: members.handling.exactOptional(),
  retention: members.retention.exactOptional(),
  recipients: list(z.strictObject({ fingerprint: WrittenFingerprint }), 0, 1000).exactOptional(),
  approvers: approvers.exactOptional(),
  supersedes: supersedes.exactOptional(),
  inReplyTo: inReplyTo.exactOptional(),
  descriptions: descriptions.exactOptional(),
});
export type ReleaseDraft = z.infer<typeof ReleaseDraft>;

/** What the program knows and `release.json` does not say. */
export interface ReleaseFrame {
  readonly id: string;
  readonly createdAt: string;
  readonly sender: Manifest['sender'];
  /** Resolved from contacts, in the order of the input. */
  readonly recipients: Manifest['recipients'];
  /** Absent: nobody else has to agree. */
  readonly approval?: Manifest['approval'];
  readonly case: Manifest['case'];
  readonly transformations?: Manifest['transformations'];
  readonly files: readonly Manifest['files'][number][];
  /** Who answered the assessment, and when. */
  readonly assessedBy: string;
  readonly assessedAt: string;
}

/**
 * The manifest of a release: what people wrote and what the program knows, files sorted by path.
 */
export function buildManifest(input: ReleaseInput, frame: ReleaseFrame): Manifest {
  const { risk, ...answers } = input.assessment;
  const assessed = (answer: z.infer<typeof AnswerInput>) => ({
    ...answer,
    by: frame.assessedBy,
    at: frame.assessedAt,
  });
  const manifest: Manifest = {
    format: RELEASE_FORMAT,
    id: frame.id,
    createdAt: frame.createdAt,
    kind: input.kind ?? 'release',
    sender: frame.sender,
    recipients: frame.recipients,
    approval: frame.approval ?? { required: 0, approvers: [] },
    case: frame.case,
    instrument: input.instrument,
    legalBasis: input.legalBasis,
    offences: input.offences,
    dataCategories: input.dataCategories,
    purpose: input.purpose,
    affectedIndividuals: input.affectedIndividuals,
    origin: input.origin,
    assessment: {
      ownership: assessed(answers.ownership),
      consentOrInterest: assessed(answers.consentOrInterest),
      recipientIdentity: assessed(answers.recipientIdentity),
      minimisation: assessed(answers.minimisation),
      necessity: assessed(answers.necessity),
      harmToIndividuals: assessed(answers.harmToIndividuals),
      onwardTransfer: assessed(answers.onwardTransfer),
      risk,
    },
    handling: input.handling,
    retention: input.retention,
    files: [...frame.files],
  };
  return manifest;
}
