import { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import { Code, Fingerprint } from '../identifiers.ts';
import { line, list, PackageId, text } from './fields.ts';
import { checkManifest, RELEASE_FORMAT, type FileEntry, type Manifest } from './manifest.ts';
import {
  AffectedIndividuals,
  Answer,
  Evidence,
  Handling,
  Origin,
  questions,
  Retention,
  Risk,
} from './manifest-schema.ts';
import { compareUtf8 } from './names.ts';
import type { Answered } from './package.ts';
import type { Question } from './questions.ts';
import { isKnown, type ListName } from './vocabularies.ts';

/**
 * A code of ours: one that the list knows. Documents of others keep what they say; what leaves
 * this office is coded so that the other side can count it.
 */
function known(name: ListName) {
  return Code.refine((code) => isKnown(name, code), {
    error: ({ input }) => `has the code "${String(input)}", which the list ${name} does not know`,
  });
}

const codes = (name: ListName, min: number, max: number) => list(known(name), min, max);

/** A fingerprint as people write it, in groups or in lower case, brought to the one form. */
const WrittenFingerprint = z
  .string()
  .overwrite((given) => given.replace(/\s+/gu, '').toUpperCase())
  .pipe(Fingerprint);

const AnswerInput = z.strictObject({ answer: Answer, evidence: Evidence });

/** Free text, or a handling code: what looks like a code has to be one. */
const Caveat = line(200).refine((caveat) => !/^H\d+$/.test(caveat) || isKnown('handling', caveat), {
  error: ({ input }) => `has the code "${String(input)}", which the list handling does not know`,
});

const recipients = (min: number) =>
  list(z.strictObject({ fingerprint: WrittenFingerprint }), min, 1000);

const optional = {
  kind: z.enum(['release', 'request']).exactOptional(),
  purposeCodes: codes('purpose', 0, 20).exactOptional(),
  transferBasis: codes('transfer-basis', 0, 20).exactOptional(),
  approvers: list(WrittenFingerprint, 0, 32).exactOptional(),
  supersedes: PackageId.exactOptional(),
  inReplyTo: PackageId.exactOptional(),
  /** By path in the bag, with or without `data/`, or by the name that a file had when it was added. */
  descriptions: z.record(z.string(), text(1, 2000)).exactOptional(),
};

/**
 * What `package new` reads: `release.json`, complete. The program fills in all else. Unknown
 * members are refused, each by its name; so are codes that the vocabularies do not know.
 */
export const ReleaseInput = z.strictObject({
  purpose: text(1, 2000),
  instrument: known('instrument'),
  legalBasis: codes('legal-basis', 1, 20),
  offences: codes('offence', 0, 20),
  dataCategories: codes('data-category', 0, 40),
  affectedIndividuals: AffectedIndividuals,
  origin: Origin,
  assessment: z.strictObject({ ...questions(AnswerInput), risk: Risk }),
  handling: Handling.extend({ caveats: list(Caveat, 0, 20) }),
  retention: Retention,
  recipients: recipients(1),
  ...optional,
});
export type ReleaseInput = z.infer<typeof ReleaseInput>;

const { shape } = ReleaseInput;

/** The same while somebody is still writing it: whatever is there has its form. */
export const ReleaseDraft = z.strictObject({
  ...optional,
  purpose: shape.purpose.exactOptional(),
  instrument: shape.instrument.exactOptional(),
  legalBasis: shape.legalBasis.exactOptional(),
  offences: shape.offences.exactOptional(),
  dataCategories: shape.dataCategories.exactOptional(),
  affectedIndividuals: shape.affectedIndividuals.exactOptional(),
  origin: shape.origin.exactOptional(),
  assessment: z
    .strictObject({ ...questions(AnswerInput.exactOptional()), risk: Risk.exactOptional() })
    .exactOptional(),
  handling: shape.handling.exactOptional(),
  retention: shape.retention.exactOptional(),
  recipients: recipients(0).exactOptional(),
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
  readonly transformations?: NonNullable<Manifest['transformations']>;
  /** In any order; members that a manifest does not have are left out. */
  readonly files: readonly FileEntry[];
  /** Who gave each answer of the assessment, and when, as far as that was written down. */
  readonly answered?: Answered;
  /** Who answered the rest, and when. */
  readonly assessedBy: string;
  readonly assessedAt: string;
}

/**
 * The manifest of a release: what people wrote and what the program knows, files sorted by path.
 * @throws DomainError `document-refused` naming the field, `description-without-file`
 */
export function buildManifest(input: ReleaseInput, frame: ReleaseFrame): Manifest {
  const { risk, ...answers } = input.assessment;
  const assessed = (question: string, answer: z.infer<typeof AnswerInput>) => ({
    ...answer,
    by: frame.assessedBy,
    at: frame.assessedAt,
    ...frame.answered?.[question as Question],
  });
  const { transferBasis, purposeCodes, supersedes, inReplyTo } = input;
  const given = { transferBasis, purposeCodes, supersedes, inReplyTo };
  return checkManifest({
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
      ...Object.fromEntries(
        Object.entries(answers).map(([question, answer]) => [question, assessed(question, answer)]),
      ),
      risk,
    },
    handling: input.handling,
    retention: input.retention,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(frame.transformations === undefined ? {} : { transformations: frame.transformations }),
    files: describedFiles(frame.files, input.descriptions ?? {}),
  });
}

function describedFiles(
  files: readonly FileEntry[],
  descriptions: Readonly<Record<string, string>>,
): FileEntry[] {
  const entries = new Map(files.map((file) => [file.path, fileEntry(file)]));
  const byOriginalName = new Map(
    files.flatMap(({ path, originalName }) =>
      originalName === undefined ? [] : [[originalName, path]],
    ),
  );
  for (const [name, description] of Object.entries(descriptions)) {
    const path = [name, `data/${name}`, byOriginalName.get(name)].find(
      (candidate) => candidate !== undefined && entries.has(candidate),
    );
    const entry = path === undefined ? undefined : entries.get(path);
    if (!entry) throw new DomainError('description-without-file', { path: escapeForDisplay(name) });
    entries.set(entry.path, { ...entry, description });
  }
  return [...entries.values()].sort((a, b) => compareUtf8(a.path, b.path));
}

/** The members that a manifest has, of an object that may have more. */
function fileEntry({
  path,
  size,
  sha256,
  mediaType,
  description,
  originalName,
}: FileEntry): FileEntry {
  return {
    path,
    size,
    sha256,
    mediaType,
    ...(description === undefined ? {} : { description }),
    ...(originalName === undefined ? {} : { originalName }),
  };
}
