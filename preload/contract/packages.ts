import { z } from 'zod';
import {
  AnyFileToken,
  Blocker,
  Code,
  count,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  MessageProfile,
  text,
  words,
} from './fields.ts';
import { invoke, work } from './kinds.ts';
import { Manifest, PackageFile, ReleaseForm } from './release.ts';

export const PACKAGE_STATES = [
  'draft',
  'assessed',
  'approved',
  'sealed',
  'dispatched',
  'delivered',
  'rejected',
  'accepted',
  'returned',
  'destroyed',
  'recalled',
  'superseded',
  'expired',
  'disputed',
] as const;
export const PackageState = z.enum(PACKAGE_STATES);

export const OUTCOMES = [
  'delivered',
  'accepted',
  'rejected',
  'destroyed',
  'returned',
  'disputed',
] as const;
export const Outcome = z.enum(OUTCOMES);

/** How the counterparty's ledger compares with what we saw of it before. */
export const Witnessed = z.enum([
  'first-seen',
  'consistent',
  'same',
  'smaller',
  'inconsistent',
  'none',
]);

const Direction = z.enum(['out', 'in']);
const Reason = z.object({ code: text(64), text: text(8000).optional() });

/** A package in a list. */
export const PackageItem = z.object({
  id: Id,
  direction: Direction,
  state: PackageState,
  title: text(400),
  /** The case's reference. */
  case: text(400).optional(),
  files: count,
  bytes: count,
  createdAt: Instant,
  changedAt: Instant,
  deleteBy: text(32).optional(),
  /** Who it goes to, or who it came from. */
  people: list(text(400), 1000),
  /** Recipients by state, for a sent package. */
  counts: z.record(text(32), count),
});
export type PackageItem = z.infer<typeof PackageItem>;

export const Recipient = z.object({
  fingerprint: Fingerprint,
  name: text(400),
  state: z.enum(['sealed', 'dispatched', ...OUTCOMES]),
  at: Instant,
  /** `signed`: their receipt proves it. `recorded`: we wrote it down, they did not sign it. */
  by: z.enum(['us', 'signed', 'recorded']),
  reason: Reason.optional(),
  /** A request of ours: they said that they answer later. */
  delay: z.object({ reason: Reason, until: text(32) }).optional(),
  heard: list(Outcome, 16),
  receipts: list(Digest, 1000),
});

export const ReceiptView = z.object({
  digest: Digest,
  direction: Direction,
  kind: Outcome,
  at: Instant,
  by: Fingerprint,
  byName: text(400),
  reason: Reason.optional(),
  signed: z.boolean(),
});

/** What the verification of a received package said: the facts of its sentence of trust. */
export const Arrival = z.object({
  at: Instant,
  sender: Fingerprint,
  senderName: text(400),
  signedAt: Instant,
  warnings: list(Code, 64),
  /** Who agreed: their signatures were checked. `known`: their fingerprint was compared here. */
  approvals: list(
    z.object({ fingerprint: Fingerprint, name: text(400), known: z.boolean() }),
    32,
  ).optional(),
  witnessed: Witnessed,
});

/** Who beside the officer has to agree, and what they said. */
export const Agreement = z.object({
  required: count,
  /** The form stands: what is signed cannot be changed any more. */
  isFixed: z.boolean(),
  approvers: list(
    z.object({
      fingerprint: Fingerprint,
      name: text(400),
      /** Of this vault; others answer by file. */
      isMember: z.boolean(),
      said: z.enum(['approved', 'refused']).optional(),
      at: Instant.optional(),
      reason: Reason.optional(),
    }),
    32,
  ),
  /** This member is asked, and can answer now. */
  isAsked: z.boolean(),
});
export type Agreement = z.infer<typeof Agreement>;

export const Package = PackageItem.extend({
  agreement: Agreement.optional(),
  recipients: list(Recipient, 1000),
  /** From the freeze on. */
  manifest: Manifest.optional(),
  manifestDigest: Digest.optional(),
  /** While it is a draft: the form as it stands, and the files so far. */
  draft: ReleaseForm.optional(),
  draftFiles: list(PackageFile, 1_000_000).optional(),
  sealed: z
    .object({
      digest: Digest,
      bytes: count,
      fileName: text(256),
      profile: MessageProfile,
      /** Still in the vault; false once destroyed. */
      kept: z.boolean(),
    })
    .optional(),
  arrival: Arrival.optional(),
  receipts: list(ReceiptView, 10_000),
  /** Files that hold something to know before they are opened, or given away. */
  contents: list(z.object({ path: text(4096), kinds: list(Code, 16) }), 1_000_000),
  hold: z.object({ reason: text(64), at: Instant }).optional(),
  /** Its sender took it back. */
  recall: z.object({ at: Instant, reason: Reason.optional() }).optional(),
  /** A request: the day that we named for our answer. */
  delayedUntil: text(32).optional(),
  supersededBy: Id.optional(),
  /** Who should have said by now that it is gone. */
  overdue: list(Fingerprint, 1000),
  /** What can be done with it now. */
  can: list(Code, 32),
});
export type Package = z.infer<typeof Package>;

/** What became of the files that were added. */
const Survey = z.object({
  added: list(PackageFile, 1_000_000),
  /** Names that had to be replaced by safe ones. */
  renamed: list(z.object({ from: text(8000), to: text(8000) }), 1_000_000),
  /** Not carried: empty folders, links, devices. */
  leftOut: list(
    z.object({ path: text(8000), why: z.enum(['empty-folder', 'link', 'special']) }),
    1_000_000,
  ),
});

const Decision = z.object({
  id: Id,
  state: PackageState,
  /** Name of the receipt's file. */
  receipt: text(256),
  /** Reference of the case that a request opened. */
  case: text(400).optional(),
  /** Where it was written to, when a folder was named. */
  written: AnyFileToken.optional(),
});

/** Notices that went, or wait to go, to the other side. */
const Told = z.object({
  id: Id,
  state: PackageState,
  notices: count,
  /** Whose keys cannot be used any more: they have to be told in another way. */
  notTold: list(text(400), 1000),
});

const named = { id: Id };
const out = { out: fileToken('out').optional() };
const payload = list(fileToken('payload'), 10_000);

export const packages = {
  /** Newest first. `case` is a reference. */
  list: invoke(
    z.strictObject({
      state: PackageState.optional(),
      case: words(400).optional(),
      direction: Direction.optional(),
    }),
    list(PackageItem, 1_000_000),
  ),
  show: invoke(z.strictObject(named), Package),
  make: work(
    z.strictObject({ case: words(400), release: ReleaseForm.optional(), files: payload }),
    z.object({ package: Package, survey: Survey }),
  ),
  /** A draft from a plain bag, or from a CASE/UCO bundle; `absent`: named there, and not found. */
  import: work(
    z.strictObject({
      case: words(400),
      release: ReleaseForm.optional(),
      from: fileToken('payload'),
    }),
    z.object({ package: Package, survey: Survey, absent: list(text(8000), 1_000_000) }),
  ),
  /** `release` replaces the form as a whole; `add` and `remove` change the files. */
  change: work(
    z.strictObject({
      ...named,
      release: ReleaseForm.optional(),
      add: payload.optional(),
      remove: list(words(4096), 1_000_000).optional(),
      describe: z.record(words(4096), text(2000)).optional(),
    }),
    z.object({ package: Package, survey: Survey }),
  ),
  /** The digest of a file that supports an answer of the assessment; the file stays where it is. */
  digest: invoke(
    z.strictObject({ file: fileToken('evidence') }),
    z.object({ name: text(1024), sha256: Digest }),
  ),
  /** What still blocks the seal. Empty: it can be sealed. */
  check: invoke(
    z.strictObject(named),
    z.object({ blockers: list(Blocker, 10_000), warnings: list(Blocker, 100) }),
  ),
  discard: invoke(z.strictObject(named), z.object({})),
  /** The form that a seal to these people would have. */
  profile: invoke(
    z.strictObject({ recipients: list(Fingerprint, 1000) }),
    z.object({ profile: MessageProfile }),
  ),
  seal: work(
    z.strictObject({
      ...named,
      ...out,
      toSelf: z.boolean().optional(),
      compress: z.boolean().optional(),
    }),
    z.object({
      id: Id,
      fileName: text(256),
      sha256: Digest,
      manifestDigest: Digest,
      profile: MessageProfile,
      bytes: count,
      written: AnyFileToken.optional(),
    }),
  ),
  send: work(z.strictObject({ ...named, channel: words(100) }), PackageItem),
  /** Records that somebody carried it. */
  sent: invoke(z.strictObject({ ...named, by: words(2000) }), PackageItem),
  extract: work(
    z.strictObject({ ...named, out: fileToken('out') }),
    z.object({ id: Id, files: count, bytes: count, written: AnyFileToken }),
  ),
  accept: invoke(z.strictObject({ ...named, ...out }), Decision),
  reject: invoke(
    z.strictObject({ ...named, ...out, reason: Code, note: words(4000).optional() }),
    Decision,
  ),
  destroy: invoke(z.strictObject({ ...named, ...out }), Decision),
  return: invoke(z.strictObject({ ...named, ...out }), Decision),
  dispute: invoke(
    z.strictObject({ ...named, ...out, reason: Code, note: words(4000).optional() }),
    Decision,
  ),
  /** Keeps it beyond its date; without a reason the hold ends. */
  hold: invoke(z.strictObject({ ...named, reason: Code.optional() }), PackageItem),
  recall: invoke(z.strictObject({ ...named, ...out, reason: Code }), Told),
  delay: invoke(z.strictObject({ ...named, ...out, reason: Code, until: words(32) }), Told),
  /** Writes one readable page about it, to the file that the person named. */
  page: invoke(
    z.strictObject({ ...named, as: z.enum(['html', 'pdf']), out: fileToken('save') }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
  /** Writes down what a recipient without receipts let us know, with its proof. */
  record: invoke(
    z.strictObject({
      ...named,
      outcome: Outcome,
      evidence: fileToken('evidence'),
      note: words(4000),
      recipient: Fingerprint.optional(),
    }),
    PackageItem,
  ),
} as const;
