import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { ErrorCode, ErrorParams } from '../errors/index.ts';
import type { Instant } from '../time.ts';

interface AnyChannel {
  readonly id: Uuid;
  readonly name: string;
  readonly addedAt: Instant;
}

/** A channel over a network. */
interface NetworkChannel extends AnyChannel {
  /** `http://host:port` of the agency's proxy, when the way leads through one. */
  readonly proxy?: string;
  /** So many KiB a second at most, either way. */
  readonly limitKiB?: number;
}

/** A folder that both offices reach. */
export interface FolderChannel extends AnyChannel {
  readonly kind: 'folder';
  readonly path: string;
}

/** A folder on an SSH server. With neither password nor key, the user's agent signs in. */
export interface SftpChannel extends NetworkChannel {
  readonly kind: 'sftp';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** On the server; relative to where the user arrives. */
  readonly path: string;
  readonly password?: string;
  /** Armored, as OpenSSH writes it. */
  readonly privateKey?: string;
  /** `SHA256:…`, pinned when the server was met first. */
  readonly hostKey?: string;
}

/** A folder on a WebDAV server. */
export interface WebdavChannel extends NetworkChannel {
  readonly kind: 'webdav';
  /** Of the folder; `https`, or `http` to this computer. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that signs the server's certificate, when it is an agency's own. */
  readonly authority?: string;
}

/** A mailbox that is read, and the server that takes what is sent from it; both by TLS alone. */
export interface EmailChannel extends NetworkChannel {
  readonly kind: 'email';
  /** Of the server that takes mail: TLS at once on port 465, STARTTLS on any other. */
  readonly host: string;
  readonly port: number;
  /** Of the server that keeps mail: TLS at once on port 993, STARTTLS on any other. */
  readonly imapHost: string;
  readonly imapPort: number;
  readonly user: string;
  readonly password: string;
  /** Addresses: ours, and the other office's. */
  readonly from: string;
  readonly to: string;
  /** The folder of the mailbox. */
  readonly path: string;
  /** The largest sealed file that is sent as mail, in MiB. */
  readonly largestMiB: number;
  readonly authority?: string;
}

/**
 * A way to move sealed files that needs no trust. The row's id is the channel's id. Secrets in it
 * stay in vault.db: no answer and no entry has them.
 */
export type ChannelRecord = FolderChannel | SftpChannel | WebdavChannel | EmailChannel;

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
  readonly state: 'waiting' | 'paused' | 'sent' | 'cancelled';
  readonly at: Instant;
  /** Of a file that waits: how often it was tried, when it is tried again, and what went wrong. */
  readonly tries?: number;
  readonly nextAt?: Instant;
  readonly problem?: ErrorCode;
}

/** What was taken in already. The row's id is the sealed digest. */
export interface SeenRecord {
  readonly digest: Digest;
  readonly what: 'package' | 'receipt' | 'notice' | 'own';
  readonly package?: Uuid;
  readonly entry: number;
  readonly at: Instant;
}

/** A file at the other end of a channel that is not fetched again. */
export interface PassedByRecord {
  readonly channel: Uuid;
  readonly code: ErrorCode;
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
