import type { CaseRecord } from '../cases/case.ts';
import type { Manifest } from '../packages/manifest.ts';
import type { Outcome } from '../packages/states.ts';

/** A package of a case, as other programs are told of it. */
export interface ExportedPackage {
  readonly direction: 'out' | 'in';
  readonly state: string;
  readonly manifest: Manifest;
  /** Hex SHA-256 of release.json, and of the sealed file. */
  readonly manifestDigest: string;
  readonly sealedDigest: string;
  readonly sentAt?: string;
  readonly arrivedAt?: string;
  readonly receipts: readonly {
    readonly kind: Outcome;
    readonly at: string;
    /** Fingerprint and name. */
    readonly by: string;
    readonly byName: string;
  }[];
}

export interface ExportedCase {
  readonly record: Pick<CaseRecord, 'id' | 'reference' | 'title' | 'state' | 'openedAt'>;
  readonly packages: readonly ExportedPackage[];
}
