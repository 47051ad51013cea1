import { z } from 'zod';
import { Code, Country, Digest, Fingerprint, Role, Uuid } from '../identifiers.ts';
import { CalendarDate, Instant } from '../time.ts';

/**
 * What each entry type carries in `detail`. Append-only: a field can be added as optional, never
 * removed or given another meaning. No names and no free text: people are fingerprints, reasons
 * are codes, and a text that must be provable is a commitment (see opening.ts).
 */

const Count = z.int().min(0);
const Bytes = z.int().min(0);
/** Hex SHA-256(salt ‖ UTF-8): the salt and the text stand in `openings`. */
const Commitment = Digest.meta({ $comment: 'commitment' });
/** Digest of bytes that stand in `evidence`. */
const Named = Digest.meta({ $comment: 'evidence' });
/** The `seq` of the keys entry before this one. */
const prevKeys = { prevKeys: Count };
/** Digest of the input of `macs.l`, so that an old header is a rollback. */
const header = { header: Digest.meta({ $comment: 'header' }) };
const detail = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape);

/** The release as coded data: what the indicators need, without any name. */
export const ReleaseFacts = z.strictObject({
  kind: z.enum(['release', 'request']),
  instrument: Code,
  countries: z.array(Country).max(60),
  categories: z.array(Code).max(40),
  offences: z.array(Code).max(20),
  files: Count,
  bytesHeld: Bytes,
  bytesReleased: Bytes,
  affected: Count,
  affectedMethod: z.enum(['exact', 'estimated', 'unknown']),
  risk: z.enum(['low', 'medium', 'high']),
  deleteBy: CalendarDate,
  retention: z.enum(['destroy', 'return']),
  recipients: Count,
  /** Why. At most six of each, which is what an entry has room for; absent in older entries. */
  legalBasis: z.array(Code).max(6).optional(),
  purposes: z.array(Code).max(6).optional(),
});
export type ReleaseFacts = z.infer<typeof ReleaseFacts>;
const facts = { facts: ReleaseFacts };

/** A ledger's position, as a counterparty or an anchor remembers it. */
const Position = z.strictObject({ origin: z.string().max(80), size: Count, root: Digest });

export const ENTRY_DETAILS = {
  genesis: detail({
    vault: Uuid,
    member: Uuid,
    fingerprint: Fingerprint,
    role: z.literal('officer'),
    certificate: Named,
    profile: z.enum(['interop', 'rfc9580']),
    country: Country,
    identity: Commitment,
    ...header,
    program: z.string().max(32),
    continues: z
      .strictObject({
        origin: z.string().max(80),
        size: Count,
        root: Digest,
        /** The last entry that is known to be lost; size − 1 when none is. */
        lostTo: z.union([Count, z.literal('unknown')]),
      })
      .optional(),
  }),
  unlocked: detail({ via: z.enum(['passphrase', 'recovery']) }),
  'unlock-failed': detail({ count: Count, first: Instant, last: Instant }),
  locked: detail({ reason: z.enum(['asked', 'idle', 'suspend', 'screen', 'quit']) }),
  'passphrase-changed': detail({ member: Uuid, ...header }),
  'recovery-used': detail({ member: Uuid, ...header }),
  'recovery-renewed': detail({ member: Uuid, ...header }),
  'member-added': detail({
    member: Uuid,
    fingerprint: Fingerprint,
    role: Role,
    certificate: Named,
    identity: Commitment,
    ...header,
    ...prevKeys,
  }),
  'member-removed': detail({ member: Uuid, fingerprint: Fingerprint, ...header, ...prevKeys }),
  'member-role': detail({
    member: Uuid,
    fingerprint: Fingerprint,
    from: Role,
    to: Role,
    ...header,
    ...prevKeys,
  }),
  'key-made': detail({
    member: Uuid,
    fingerprint: Fingerprint,
    certificate: Named,
    profile: z.enum(['interop', 'rfc9580']),
    ...prevKeys,
  }),
  'key-rotated': detail({
    member: Uuid,
    from: Fingerprint,
    to: Fingerprint,
    certificate: Named,
    /** Evidence of kind `rotation`: the statement with both signatures. */
    statement: Named,
    ...header,
    ...prevKeys,
  }),
  'key-replaced': detail({
    member: Uuid,
    from: Fingerprint,
    to: Fingerprint,
    certificate: Named,
    ...header,
    ...prevKeys,
  }),
  'key-revoked': detail({
    member: Uuid,
    fingerprint: Fingerprint,
    certificate: Named,
    reason: Code,
    ...prevKeys,
  }),

  'contact-added': detail({
    certificate: Named,
    identity: Commitment,
    algorithm: z.string().max(48),
    country: Country.optional(),
    via: z.enum(['file', 'paste', 'exchange', 'wkd', 'keyserver']),
    warnings: z.array(Code).max(16),
  }),
  'contact-verified': detail({
    method: z.enum(['in-person', 'video', 'phone', 'letter', 'official-list', 'other']),
    certificate: Named,
    note: Commitment.optional(),
  }),
  'contact-changed': detail({ certificate: Named, changes: z.array(Code).max(16) }),
  'contact-conflict': detail({
    other: Fingerprint,
    phase: z.enum(['found', 'settled']),
    keep: z.enum(['old', 'new']).optional(),
    note: Commitment.optional(),
  }),
  'contact-blocked': detail({ reason: Commitment }),
  'contact-excepted': detail({ reason: Commitment }),

  'case-opened': detail({
    reference: Commitment,
    instrument: Code.optional(),
    countries: z.array(Country).max(60),
    affected: Count.optional(),
    receivedOn: CalendarDate.optional(),
    affectedMethod: z.enum(['exact', 'estimated', 'unknown']).optional(),
    offences: z.array(Code).max(20).optional(),
    /** When something is due, and what: two lists of one length. */
    deadlines: z.array(Instant).max(10).optional(),
    deadlineNames: z.array(Commitment).max(10).optional(),
    /** The package of kind `request` whose acceptance opened it. */
    request: Uuid.optional(),
  }),
  'case-closed': detail({}),
  'case-reopened': detail({}),
  'case-remedy': detail({
    kind: Code,
    offered: Count,
    accepted: Count,
    declined: Count,
    unreachable: Count,
    fulfilled: Count,
    /** When that was so, as whoever reported it says. */
    at: Instant.optional(),
  }),

  'draft-made': detail({ kind: z.enum(['release', 'request']), files: Count, bytes: Bytes }),
  'draft-changed': detail({ files: Count, bytes: Bytes }),
  'draft-discarded': detail({}),
  assessed: detail({
    answers: z.record(
      z.enum([
        'ownership',
        'consentOrInterest',
        'recipientIdentity',
        'minimisation',
        'necessity',
        'harmToIndividuals',
        'onwardTransfer',
      ]),
      z.enum(['met', 'not-met', 'not-applicable']),
    ),
    risk: z.enum(['low', 'medium', 'high']),
  }),
  /** At most 32 recipients here; the rest in `addressed` entries that follow at once. */
  frozen: detail({ recipients: z.array(Fingerprint).max(32) }),
  addressed: detail({ recipients: z.array(Fingerprint).max(32) }),
  approved: detail({ approver: Fingerprint, signature: Named }),
  refused: detail({ approver: Fingerprint, reason: Code, note: Commitment.optional() }),
  sealed: detail({
    ...facts,
    profile: z.enum(['rfc4880', 'rfc9580']),
    sealedBytes: Bytes,
    toSelf: z.boolean(),
  }),
  dispatched: detail({
    via: z.enum(['folder', 'hand', 'sftp', 'webdav', 'email']),
    channel: Uuid.optional(),
    by: Commitment.optional(),
  }),

  arrived: detail({
    ...facts,
    sender: Fingerprint,
    senderVerified: z.boolean(),
    sealedBytes: Bytes,
    witnessed: z.enum(['first-seen', 'consistent', 'same', 'smaller', 'inconsistent', 'none']),
    warnings: z.array(Code).max(16),
  }),
  'import-refused': detail({ code: Code, bytes: Bytes, signer: Fingerprint.optional() }),
  verified: detail({ files: Count, bytes: Bytes }),
  extracted: detail({ files: Count, bytes: Bytes }),
  accepted: detail({ ...facts }),
  rejected: detail({ ...facts, reason: Code, note: Commitment.optional() }),
  destroyed: detail({ ...facts, how: Code }),
  returned: detail({ ...facts }),
  recalled: detail({ reason: Code.optional() }),
  held: detail({ reason: Code }),
  'hold-released': detail({}),
  disputed: detail({ reason: Code, note: Commitment.optional() }),
  superseded: detail({ by: Uuid }),
  /** A request cannot be answered in time. */
  delayed: detail({ reason: Code, until: CalendarDate }),
  'notice-out': detail({ kind: z.enum(['recall', 'delay']), notice: Named, to: Fingerprint }),
  'notice-in': detail({
    kind: z.enum(['recall', 'delay']),
    notice: Named,
    by: Fingerprint,
    at: Instant,
    reason: Code.optional(),
    until: CalendarDate.optional(),
  }),
  /** A table was made smaller before it went into a package: how much of it is left. */
  minimised: detail({
    rowsIn: Count,
    rowsOut: Count,
    bytesIn: Bytes,
    bytesOut: Bytes,
    kept: Count,
    masked: Count,
    pseudonymised: Count,
    from: Digest,
    to: Digest,
  }),
  expired: detail({}),
  recorded: detail({
    outcome: z.enum(['delivered', 'accepted', 'rejected', 'destroyed', 'returned', 'disputed']),
    recipient: Fingerprint,
    evidence: Named,
    note: Commitment,
  }),

  'receipt-out': detail({
    kind: z.enum(['delivered', 'accepted', 'rejected', 'destroyed', 'returned', 'disputed']),
    receipt: Named,
    to: Fingerprint,
  }),
  'receipt-in': detail({
    kind: z.enum(['delivered', 'accepted', 'rejected', 'destroyed', 'returned', 'disputed']),
    receipt: Named,
    by: Fingerprint,
    at: Instant,
    reason: Code.optional(),
    witnessed: z.enum(['first-seen', 'consistent', 'same', 'smaller', 'inconsistent', 'none']),
  }),
  'receipt-conflict': detail({
    kind: z.enum(['delivered', 'accepted', 'rejected', 'destroyed', 'returned', 'disputed']),
    receipt: Named,
    by: Fingerprint,
    code: Code,
  }),

  'channel-added': detail({
    channel: Uuid,
    kind: z.enum(['folder', 'sftp', 'webdav', 'email']),
    name: Commitment,
  }),
  'channel-removed': detail({ channel: Uuid }),
  'policy-changed': detail({ policy: Digest }),
  'ledger-verified': detail({ entries: Count, root: Digest }),
  exported: detail({ scope: Code, entries: Count, bundle: Digest, redacted: z.boolean() }),
  finding: detail({ entry: Count, text: Commitment }),
  'rollback-found': detail({ known: Position, where: Code }),
  'rollback-acknowledged': detail({ reason: Commitment }),
  'fork-found': detail({ known: Position, by: Fingerprint.optional() }),
  /** A counterparty's ledger began anew and says what it continues: `from` is what we knew. */
  'ledger-restarted': detail({ from: Position, to: Position }),
  /** An officer decided what to make of a counterparty's ledger; `seen` counts from now on. */
  'ledger-acknowledged': detail({
    kind: z.enum(['restarted', 'fork', 'rollback']),
    known: Position,
    seen: Position,
    reason: Commitment,
  }),
  'complaint-out': detail({ to: Fingerprint, complaint: Named }),
  /** `proven`: our own keys signed for what our ledger does not have. */
  'complaint-in': detail({
    by: Fingerprint,
    at: Instant,
    complaint: Named,
    proven: z.boolean(),
  }),
  /** A time-stamp authority's word that the checkpoint of `size` was there at `at`. */
  timestamped: detail({
    size: Count,
    /** SHA-256 of the checkpoint's body: what was stamped. */
    checkpoint: Digest,
    at: Instant,
    response: Named,
  }),
  'clock-went-back': detail({ from: Instant, to: Instant }),
  'backup-made': detail({ backup: Digest, entries: Count }),
  restored: detail({ backup: Digest, entries: Count }),
} as const;

export const EntryType = z.enum(Object.keys(ENTRY_DETAILS) as (keyof typeof ENTRY_DETAILS)[]);
export type EntryType = keyof typeof ENTRY_DETAILS;
export type EntryDetail<T extends EntryType> = z.infer<(typeof ENTRY_DETAILS)[T]>;

/** What an entry is about, by identifiers only. */
export const Subject = z.strictObject({
  package: Uuid.optional(),
  /** Manifest digest. */
  manifest: Digest.optional(),
  /** Sealed digest. */
  sealed: Digest.optional(),
  case: Uuid.optional(),
  /** A contact's fingerprint. */
  contact: Fingerprint.optional(),
});
export type Subject = z.infer<typeof Subject>;

/** What an auditor's own key may append; verifiers reject anything else by that role. */
export const AUDITOR_MAY_APPEND: readonly EntryType[] = [
  'unlocked',
  'unlock-failed',
  'locked',
  'clock-went-back',
  'passphrase-changed',
  'recovery-used',
  'ledger-verified',
  'exported',
  'finding',
];

/**
 * What an approver's own key may append: what an auditor may, the own key and recovery code, and
 * the word on a draft, which freezes it. All else is an officer's; so is every type to come, until
 * it stands here.
 */
export const APPROVER_MAY_APPEND: readonly EntryType[] = [
  ...AUDITOR_MAY_APPEND,
  'recovery-renewed',
  'key-rotated',
  'key-revoked',
  'frozen',
  'addressed',
  'approved',
  'refused',
];

/** About the passphrase or the recovery code of whoever appends it: nobody else's. */
export const OWN_SLOT: readonly EntryType[] = [
  'passphrase-changed',
  'recovery-used',
  'recovery-renewed',
];
