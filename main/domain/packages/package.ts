import { DomainError } from '../errors/index.ts';
import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { ContentKind, FileContent } from './content-look.ts';
import type { Party } from './fields.ts';
import type { Question } from './questions.ts';
import type { ReleaseDraft } from './release-input.ts';
import {
  nextState,
  type Outcome,
  type PackageEvent,
  type PackageState,
  type RecipientState,
  type Standing,
} from './states.ts';

/** A file of a draft: hashed when it was added, hashed again while it streams into the bag. */
export interface DraftFile {
  readonly package: Uuid;
  /** Path in the bag, with `data/`. */
  readonly path: string;
  /** Where it lies on this machine. */
  readonly source: string;
  readonly size: number;
  readonly sha256: Digest;
  readonly mediaType: string;
  /** Milliseconds since 1970, to notice a change early; the digest decides. */
  readonly modified: number;
  readonly description?: string;
  readonly originalName?: string;
  /** What somebody should know of it before it is given away. */
  readonly content?: readonly ContentKind[];
}

/** A table that was made smaller: what was done, and to what. */
export interface Derivation {
  /** Of what came out. */
  readonly sha256: Digest;
  /** Of what it was made from. */
  readonly from: Digest;
  readonly tool: string;
  /** Columns that stay as they were. */
  readonly kept: readonly string[];
  readonly masked: readonly string[];
  readonly pseudonymised: readonly string[];
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** One package, ours or theirs. The row's id is the package's id. */
export interface PackageRecord {
  readonly id: Uuid;
  readonly direction: 'out' | 'in';
  readonly state: PackageState;
  readonly case?: Uuid;
  readonly title: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  /** While it is a draft: what `release.json` of the command line held. */
  readonly draft?: ReleaseDraft;
  /** Ours: who composed it last, and is its sender. */
  readonly author?: Party;
  /** While it is a draft: who gave each answer of the assessment, and when. */
  readonly answered?: Answered;
  /** Where it stands, when the state alone does not say it. */
  readonly stand?: Extract<Standing, 'frozen' | 'refused'>;
  /** From the freeze on: how many have to agree. */
  readonly approvalsRequired?: number;
  /** What the people who were asked said: the last word of each. */
  readonly approvals?: readonly ApprovalGiven[];
  /** From the freeze on: base64 of the manifest's bytes, which are the truth. */
  readonly manifest?: string;
  readonly manifestDigest?: Digest;
  readonly files: number;
  readonly bytes: number;
  /** Calendar day. */
  readonly deleteBy?: string;
  /** Kept beyond its date, and why: a hold beats a date. */
  readonly hold?: { readonly reason: string; readonly at: Instant };
  /** Theirs: the sender took it back. */
  readonly recall?: {
    readonly at: Instant;
    readonly reason?: { readonly code: string; readonly text?: string };
  };
  /** Theirs, a request: the day that we named for our answer. */
  readonly delayedUntil?: string;
  /** Another package took its place. */
  readonly supersededBy?: Uuid;
  /** From the sealing or the arrival on. */
  readonly sealed?: {
    readonly digest: Digest;
    readonly bytes: number;
    readonly fileName: string;
    readonly profile: 'rfc4880' | 'rfc9580';
    /** Still in `sealed/`; false once destroyed. */
    readonly kept: boolean;
  };
  /** Sent packages: one row a recipient, in the manifest's order. */
  readonly recipients: readonly RecipientProgress[];
  /** Received packages: what the verification said, for the sentence of trust. */
  readonly arrival?: Arrival;
}

export type Answered = Readonly<
  Partial<Record<Question, { readonly by: Fingerprint; readonly at: Instant }>>
>;

/** The word of somebody who was asked to approve. */
export type ApprovalGiven = {
  readonly fingerprint: Fingerprint;
  readonly name: string;
  readonly at: Instant;
} & (
  | {
      readonly decision: 'approved';
      /** Armored, detached, over the stored bytes of the manifest. */
      readonly signature: string;
      /** Base64 of the binary certificate. */
      readonly certificate: string;
    }
  | {
      readonly decision: 'refused';
      readonly reason: { readonly code: string; readonly text?: string };
    }
);

/**
 * Where the package stands after `event`.
 * @throws DomainError `package-state` when where it stands does not allow that
 */
export function requireEvent(
  record: Pick<PackageRecord, 'id' | 'direction' | 'state' | 'stand'>,
  event: PackageEvent,
): Standing {
  const standing = standingOf(record);
  const next = nextState(record.direction, standing, event);
  if (next === undefined)
    throw new DomainError('package-state', { id: record.id, state: standing, event });
  return next;
}

/** Where a package stands in the table of states. */
export function standingOf({ state, stand }: Pick<PackageRecord, 'state' | 'stand'>): Standing {
  return stand ?? state;
}

/**
 * Who received a package of ours, and has not said by the day when it ends that it is gone.
 * @param today a calendar day
 */
export function overdueRecipients(
  { direction, deleteBy, recipients }: PackageRecord,
  today: string,
): readonly RecipientProgress[] {
  if (direction !== 'out' || deleteBy === undefined || deleteBy >= today) return [];
  return recipients.filter(({ state }) => HOLDING.has(state));
}

const HOLDING: ReadonlySet<RecipientState> = new Set(['delivered', 'accepted', 'disputed']);

export interface RecipientProgress {
  readonly fingerprint: Fingerprint;
  readonly name: string;
  readonly state: RecipientState;
  readonly at: Instant;
  /** `signed`: their receipt proves it. `recorded`: we wrote it down, they did not sign it. */
  readonly by: 'us' | 'signed' | 'recorded';
  readonly reason?: { readonly code: string; readonly text?: string };
  /** Everything this recipient, or we for them, ever said. */
  /** A request of ours: they said that they answer later. */
  readonly delay?: {
    readonly reason: { readonly code: string; readonly text?: string };
    readonly until: string;
  };
  readonly heard: readonly Outcome[];
  readonly receipts: readonly Digest[];
}

export interface Arrival {
  readonly at: Instant;
  readonly sender: Fingerprint;
  readonly senderName: string;
  readonly signedAt: Instant;
  readonly warnings: readonly string[];
  /** Who agreed to it, each with a signature that was checked against the certificate in the bag. */
  readonly approvals?: readonly {
    readonly fingerprint: Fingerprint;
    readonly name: string;
    /** Their fingerprint was compared here. */
    readonly known: boolean;
  }[];
  /** Files that hold something to know before they are opened; at most a thousand. */
  readonly contents?: readonly FileContent[];
  readonly witnessed: WitnessResult;
  /** The sender's checkpoint that came in the bag. */
  readonly checkpoint?: { readonly body: string; readonly signature: string };
}

/** How the counterparty's ledger compares with what we saw of it before. */
export type WitnessResult =
  'first-seen' | 'consistent' | 'same' | 'smaller' | 'inconsistent' | 'none';
