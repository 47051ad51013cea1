import { sha256Hex } from '../domain/digest.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import { encodeManifest, type Manifest } from '../domain/packages/manifest.ts';
import type { DraftFile, PackageRecord } from '../domain/packages/package.ts';
import { buildManifest, ReleaseInput } from '../domain/packages/release-input.ts';
import type { Act } from '../domain/vault/journal.ts';
import type { Approvers } from './approvers.ts';
import type { Cases } from './cases.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { DraftCheck } from './draft-check.ts';
import { subjectOf, type Drafts } from './drafts.ts';

/** A draft whose manifest is fixed: from here on its bytes are what is signed, and are kept. */
export interface Frozen {
  readonly record: PackageRecord;
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  /** The entries that say so; the caller commits them. */
  readonly acts: readonly Act[];
}

export interface FreezingParts {
  readonly cases: Cases;
  readonly contacts: Contacts;
  readonly drafts: Drafts;
  readonly check: DraftCheck;
  readonly approvers: Approvers;
}

const RECIPIENTS_AN_ENTRY = 32;

/** Fixes the manifest of a draft: by the first approval or request for one, else by sealing. */
export class Freezing {
  readonly #desk: Desk;
  readonly #parts: FreezingParts;

  constructor(desk: Desk, parts: FreezingParts) {
    this.#desk = desk;
    this.#parts = parts;
  }

  /**
   * The draft with its manifest; nothing is written here.
   * @throws DomainError `input-refused`, `document-refused`, `description-without-file`
   */
  freeze(record: PackageRecord): Frozen {
    const manifest = this.#manifestOf(record);
    const manifestBytes = encodeManifest(manifest);
    const frozen: PackageRecord = {
      ...record,
      state: 'assessed',
      stand: 'frozen',
      changedAt: this.#desk.at(),
      manifest: Buffer.from(manifestBytes).toString('base64'),
      manifestDigest: sha256Hex(manifestBytes),
      approvalsRequired: manifest.approval.required,
      approvals: [],
    };
    return { record: frozen, manifest, manifestBytes, acts: actsOf(frozen, manifest) };
  }

  #manifestOf(record: PackageRecord): Manifest {
    const release = parseInput(ReleaseInput, record.draft, 'release.json');
    const owner = this.#parts.cases.find(record.case ?? '');
    const author = record.author ?? this.#desk.party();
    const files = this.#parts.drafts.files(record.id);
    const transformations = transformationsOf(this.#desk, files);
    return buildManifest(release, {
      id: record.id,
      createdAt: this.#desk.at(),
      sender: author,
      recipients: release.recipients.map(({ fingerprint }) => {
        const { name, organisation, country } = this.#parts.contacts.record(fingerprint);
        return {
          name,
          ...(organisation === undefined ? {} : { organisation }),
          ...(country === undefined ? {} : { country }),
          fingerprint,
        };
      }),
      approval: {
        required: this.#parts.check.approvalsRequired(record),
        approvers: (release.approvers ?? []).map((fingerprint) => ({
          fingerprint,
          name: this.#parts.approvers.find(fingerprint)?.name ?? fingerprint,
        })),
      },
      case: {
        reference: owner.reference,
        title: owner.title,
        ...(owner.theirReference === undefined ? {} : { theirReference: owner.theirReference }),
      },
      files,
      ...(transformations.length === 0 ? {} : { transformations }),
      answered: record.answered ?? {},
      assessedBy: author.fingerprint,
      assessedAt: record.changedAt,
    });
  }
}

/** What was done here to files of a package before they went into it, by their digests. */
function transformationsOf(desk: Desk, files: readonly DraftFile[]) {
  return files.flatMap(({ path, sha256 }) => {
    const found = desk.session.records.get('derivations', sha256);
    if (found === undefined) return [];
    const { tool, kept, masked, pseudonymised, rowsIn, rowsOut } = found;
    return [
      {
        file: path,
        tool,
        kept: [...kept],
        masked: [...masked],
        pseudonymised: [...pseudonymised],
        rowsIn,
        rowsOut,
      },
    ];
  });
}

/** `frozen`, with the first recipients, and `addressed` for the rest: an entry has 4 KiB. */
function actsOf(record: PackageRecord, manifest: Manifest): Act[] {
  const fingerprints = manifest.recipients.map(({ fingerprint }) => fingerprint);
  const groups: string[][] = [];
  for (let start = 0; start < fingerprints.length; start += RECIPIENTS_AN_ENTRY)
    groups.push(fingerprints.slice(start, start + RECIPIENTS_AN_ENTRY));
  return groups.map((recipients, index): Act => ({
    type: index === 0 ? 'frozen' : 'addressed',
    subject: subjectOf(record),
    detail: { recipients },
  }));
}
