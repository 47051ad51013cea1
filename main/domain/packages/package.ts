import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { ReleaseDraft } from './release-input.ts';
import type { Outcome, PackageState, RecipientState } from './states.ts';

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
  /** From the freeze on: base64 of the manifest's bytes, which are the truth. */
  readonly manifest?: string;
  readonly manifestDigest?: Digest;
  readonly files: number;
  readonly bytes: number;
  /** Calendar day. */
  readonly deleteBy?: string;
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

export interface RecipientProgress {
  readonly fingerprint: Fingerprint;
  readonly name: string;
  readonly state: RecipientState;
  readonly at: Instant;
  /** `signed`: their receipt proves it. `recorded`: we wrote it down, they did not sign it. */
  readonly by: 'us' | 'signed' | 'recorded';
  readonly reason?: { readonly code: string; readonly text?: string };
  /** Everything this recipient, or we for them, ever said. */
  readonly heard: readonly Outcome[];
  readonly receipts: readonly Digest[];
}

export interface Arrival {
  readonly at: Instant;
  readonly sender: Fingerprint;
  readonly senderName: string;
  readonly signedAt: Instant;
  readonly warnings: readonly string[];
  readonly witnessed: WitnessResult;
  /** The sender's checkpoint that came in the bag. */
  readonly checkpoint?: { readonly body: string; readonly signature: string };
}

/** How the counterparty's ledger compares with what we saw of it before. */
export type WitnessResult =
  'first-seen' | 'consistent' | 'same' | 'smaller' | 'inconsistent' | 'none';
