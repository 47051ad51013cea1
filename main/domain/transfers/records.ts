import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { ErrorCode, ErrorParams } from '../errors/index.ts';
import type { Instant } from '../time.ts';

/** A way to move sealed files that needs no trust. The row's id is the channel's id. */
export interface ChannelRecord {
  readonly id: Uuid;
  readonly name: string;
  readonly kind: 'folder';
  readonly path: string;
  readonly addedAt: Instant;
}

/** A sealed file that waits for a channel, or went. The row's id is its own. */
export interface OutgoingRecord {
  readonly id: Uuid;
  readonly channel?: Uuid;
  readonly what: 'package' | 'receipt' | 'notice';
  readonly package?: Uuid;
  /** Name in `sealed/` and on the channel. */
  readonly fileName: string;
  readonly digest: Digest;
  readonly bytes: number;
  readonly to: readonly Fingerprint[];
  readonly state: 'waiting' | 'sent' | 'cancelled';
  readonly at: Instant;
}

/** What was taken in already. The row's id is the sealed digest. */
export interface SeenRecord {
  readonly digest: Digest;
  readonly what: 'package' | 'receipt' | 'notice' | 'own';
  readonly package?: Uuid;
  readonly entry: number;
  readonly at: Instant;
}

/** What failed a check and waits for a person. The row's id is its own. */
export interface QuarantineRecord {
  readonly id: Uuid;
  readonly digest: Digest;
  readonly bytes: number;
  /** Name in `sealed/`: ciphertext only. */
  readonly fileName: string;
  /** Why: an error code. */
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly at: Instant;
  readonly entry: number;
  /** A retry can succeed: a signer became known, a newer program. */
  readonly retry: boolean;
}
