import { DomainError, isDomainError } from '../domain/errors/index.ts';
import { sealedFileName } from '../domain/packages/file-name.ts';
import type { PackageState } from '../domain/packages/states.ts';
import type { Work } from '../domain/ports.ts';
import type { QuarantineRecord } from '../domain/transfers/records.ts';
import type { Evidence } from '../domain/vault/journal.ts';
import type { Arrivals } from './arrivals.ts';
import type { Desk } from './desk.ts';
import type { Notices } from './notices.ts';
import type { Opening } from './opening.ts';
import type { ReceiptsIn } from './receipts-in.ts';

export interface TakeOptions {
  /** Where it came from: its receipts go back the same way. */
  readonly channel?: string | undefined;
  /** Folder that gets a copy of the receipt. */
  readonly out?: string | undefined;
}

export interface Taken {
  readonly id: string;
  readonly kind: 'package' | 'receipt' | 'notice';
  readonly state: PackageState;
  /** The same bytes were taken in before: nothing new happened. */
  readonly repeated: boolean;
  readonly entry: number;
  readonly warnings: readonly string[];
}

export interface InboxItem {
  readonly id: string;
  readonly state: PackageState | 'quarantined';
  readonly at: string;
  readonly bytes: number;
  /** Quarantined: why, in words, and whether trying again can help. */
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly retry?: boolean;
  /** Taken in: who and what. */
  readonly title?: string;
  readonly sender?: string;
  readonly senderName?: string;
  readonly files?: number;
  readonly warnings?: readonly string[];
}

/** Reasons that are about the file itself, before it was known to be a sealed message for us. */
const NOT_KEPT = new Set([
  'not-openpgp',
  'not-encrypted',
  'not-for-us',
  'password-protected-message',
  'package-is-ours',
  'disk-full',
]);

/** Reasons that can go away: somebody became known, was unblocked, or the clock was set right. */
const RETRY = new Set([
  'unknown-signer',
  'signer-blocked',
  'signature-in-future',
  'receipt-unknown-package',
  'notice-unknown-package',
]);

/** Whoever floods an inbox fills neither the disk nor the ledger. */
const MOST_IN_QUARANTINE = 1000;

/** The way in, for everything sealed: verified first, and quarantined with its reason when it fails. */
export class Inbox {
  private readonly desk: Desk;
  private readonly opening: Opening;
  private readonly arrivals: Arrivals;
  private readonly receiptsIn: ReceiptsIn;

  private readonly notices: Notices;

  constructor(
    desk: Desk,
    opening: Opening,
    arrivals: Arrivals,
    receiptsIn: ReceiptsIn,
    notices: Notices,
  ) {
    this.notices = notices;
    this.desk = desk;
    this.opening = opening;
    this.arrivals = arrivals;
    this.receiptsIn = receiptsIn;
  }

  /**
   * Takes in a sealed file from anywhere: copies the ciphertext into the vault, verifies all of
   * it, and only then shows it as good. The same bytes again change nothing.
   * @throws DomainError with the reason; what is kept stands in quarantine
   */
  async take(path: string, options: TakeOptions = {}, work: Work = {}): Promise<Taken> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const partial = desk.sealed(`${desk.newId()}.partial`);
    return desk.withScratch(partial, async () => {
      const { bytes, digest } = await desk.tools.files.copyHashed(path, partial, work);
      const seen = desk.session.records.get('seen', digest);
      if (seen?.what === 'own') throw new DomainError('package-is-ours');
      if (seen) return this.again(seen.package ?? '', seen.what, seen.entry);
      return this.verify(partial, digest, bytes, options, work);
    });
  }

  /**
   * Tries a quarantined file again: its signer may have become known.
   * @throws DomainError `quarantine-unknown`, or the reason that still stands
   */
  async retry(id: string, options: TakeOptions = {}, work: Work = {}): Promise<Taken> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const record = this.quarantined(id);
    const partial = desk.sealed(`${desk.newId()}.partial`);
    return desk.withScratch(partial, async () => {
      await desk.tools.files.copy(desk.sealed(record.fileName), partial, work);
      return this.verify(partial, record.digest, record.bytes, options, work);
    });
  }

  /** What came in, newest first; what failed verification with its reason. */
  list(): InboxItem[] {
    const { records } = this.desk.session;
    const failed = records.list('quarantine').map(itemOfQuarantine);
    const taken = records.list('packages', { where: { direction: 'in' } }).map((record) => ({
      id: record.id,
      state: record.state,
      at: record.arrival?.at ?? record.createdAt,
      bytes: record.sealed?.bytes ?? 0,
      title: record.title,
      ...(record.arrival
        ? {
            sender: record.arrival.sender,
            senderName: record.arrival.senderName,
            warnings: record.arrival.warnings,
          }
        : {}),
      files: record.files,
    }));
    return [...failed, ...taken].sort((a, b) => b.at.localeCompare(a.at));
  }

  private async verify(
    partial: string,
    digest: string,
    bytes: number,
    options: TakeOptions,
    work: Work,
  ): Promise<Taken> {
    const evidence: Evidence[] = [];
    try {
      const opened = await this.opening.open(partial, work);
      const source = { partial, digest, bytes };
      if (opened.kind === 'bag') return await this.arrivals.takeIn(opened, source, options);
      return isNotice(opened.bytes)
        ? await this.notices.takeIn(opened, source, evidence)
        : await this.receiptsIn.takeIn(opened, source, evidence);
    } catch (error) {
      if (isDomainError(error) && error.code !== 'cancelled' && error.exit !== 5)
        await this.refuse(error, partial, digest, bytes, evidence);
      throw error;
    }
  }

  /** Writes the refusal down; the ciphertext is kept in quarantine when it was meant for us. */
  private async refuse(
    error: DomainError,
    partial: string,
    digest: string,
    bytes: number,
    evidence: readonly Evidence[],
  ): Promise<void> {
    if (NOT_KEPT.has(error.code)) return;
    const { desk } = this;
    const { records, ledger } = desk.session;
    const before = records.list('quarantine', { where: { digest }, limit: 1 })[0];
    if (before?.code === error.code) return;
    if (!before && records.count('quarantine') >= MOST_IN_QUARANTINE)
      throw new DomainError('quarantine-full', { most: MOST_IN_QUARANTINE });
    const fileName = sealedFileName(digest);
    const id = before?.id ?? desk.newId();
    const signer = error.params['fingerprint'];
    const record: QuarantineRecord = {
      id,
      digest,
      bytes,
      fileName,
      code: error.code,
      params: error.params,
      at: desk.at(),
      entry: ledger.size(),
      retry: RETRY.has(error.code),
    };
    await desk.commit({
      acts: [
        {
          type: 'import-refused',
          subject: { sealed: digest },
          detail: {
            code: error.code,
            bytes,
            ...(typeof signer === 'string' && /^[0-9A-F]{40,64}$/.test(signer) ? { signer } : {}),
          },
        },
      ],
      evidence,
      effects: [{ put: 'quarantine', id, doc: record }],
      renames: before ? [] : [{ from: partial, to: desk.sealed(fileName) }],
      keepCheckpoint: evidence.length > 0,
    });
  }

  private again(id: string, what: 'package' | 'receipt' | 'notice' | 'own', entry: number): Taken {
    const record = this.desk.session.records.get('packages', id);
    return {
      id,
      kind: what === 'own' ? 'package' : what,
      state: record?.state ?? 'delivered',
      repeated: true,
      entry,
      warnings: record?.arrival?.warnings ?? [],
    };
  }

  private quarantined(id: string): QuarantineRecord {
    const { records } = this.desk.session;
    const record = records.get('quarantine', id);
    if (!record) throw new DomainError('quarantine-unknown', { id });
    return record;
  }
}

/** Which reader a document is for; the reader then judges all of it. */
function isNotice(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes('"format":"valise.notice/');
}

function itemOfQuarantine(record: QuarantineRecord): InboxItem {
  const error = new DomainError(record.code, record.params);
  return {
    id: record.id,
    state: 'quarantined',
    at: record.at,
    bytes: record.bytes,
    code: record.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    retry: record.retry,
  };
}
