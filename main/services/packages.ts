import type { FileContent } from '../domain/packages/content-look.ts';
import { decodeManifest, type Manifest } from '../domain/packages/manifest.ts';
import {
  overdueRecipients,
  standingOf,
  type DraftFile,
  type PackageRecord,
  type RecipientProgress,
} from '../domain/packages/package.ts';
import type { ReleaseDraft } from '../domain/packages/release-input.ts';
import { allowedEvents, type PackageEvent, type PackageState } from '../domain/packages/states.ts';
import { decodeReceipt, type Receipt } from '../domain/transfers/receipt.ts';
import type { Desk } from './desk.ts';
import { packageRecord } from './package-record.ts';

/** A package in a list. */
export interface PackageItem {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly state: PackageState;
  readonly title: string;
  readonly case?: string;
  readonly files: number;
  readonly bytes: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly deleteBy?: string;
  /** Who it goes to, or who it came from. */
  readonly people: readonly string[];
  /** Recipients by state, for a sent package. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface ReceiptView {
  readonly digest: string;
  readonly direction: 'out' | 'in';
  readonly kind: Receipt['kind'];
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly reason?: Receipt['reason'];
  readonly signed: true;
}

/** All that is known of one package. */
export interface PackageView extends PackageItem {
  readonly recipients: readonly RecipientProgress[];
  readonly manifest?: Manifest;
  readonly manifestDigest?: string;
  readonly draft?: ReleaseDraft;
  readonly sealed?: PackageRecord['sealed'];
  readonly arrival?: PackageRecord['arrival'];
  readonly receipts: readonly ReceiptView[];
  /** Files that hold something to know before they are opened, or given away. */
  readonly contents: readonly FileContent[];
  /** While it is a draft: its files, without where they lie. */
  readonly draftFiles?: readonly Omit<DraftFile, 'package' | 'source' | 'modified'>[];
  readonly hold?: PackageRecord['hold'];
  readonly recall?: PackageRecord['recall'];
  readonly delayedUntil?: string;
  readonly supersededBy?: string;
  /** Who should have said by now that it is gone: fingerprints. */
  readonly overdue: readonly string[];
  /** What its state allows now. */
  readonly can: readonly PackageEvent[];
}

/** Reads packages: lists, one in full. */
export class Packages {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Newest first; by state or by the reference of a case. */
  list(
    filter: { state?: PackageState | undefined; case?: string | undefined } = {},
  ): PackageItem[] {
    const { records } = this.desk.session;
    return records
      .list('packages', {
        where: {
          ...(filter.state === undefined ? {} : { state: filter.state }),
          ...(filter.case === undefined ? {} : { case: filter.case }),
        },
        order: 'descending',
      })
      .map((record) => this.item(record));
  }

  /** @throws DomainError `package-unknown` */
  show(id: string): PackageView {
    const record = packageRecord(this.desk, id);
    return {
      ...this.item(record),
      recipients: record.recipients,
      ...(record.manifest === undefined
        ? {}
        : { manifest: decodeManifest(Buffer.from(record.manifest, 'base64')).manifest }),
      ...(record.manifestDigest === undefined ? {} : { manifestDigest: record.manifestDigest }),
      ...(record.draft === undefined ? {} : { draft: record.draft }),
      ...(record.sealed === undefined ? {} : { sealed: record.sealed }),
      ...(record.arrival === undefined ? {} : { arrival: record.arrival }),
      ...laterOf(record),
      contents: this.contentsOf(record),
      receipts: this.receiptsOf(id),
      ...(record.draft === undefined ? {} : { draftFiles: this.draftFilesOf(id) }),
      overdue: overdueRecipients(record, this.desk.at().slice(0, 10)).map(
        ({ fingerprint }) => fingerprint,
      ),
      can: allowedEvents(record.direction, standingOf(record)).filter(
        (event) => event !== 'destroy' || record.hold === undefined,
      ),
    };
  }

  private draftFilesOf(id: string) {
    return this.desk.session.records
      .list('draft_files', { idPrefix: `${id}/` })
      .map(({ path, size, sha256, mediaType, description, originalName }) => ({
        path,
        size,
        sha256,
        mediaType,
        ...(description === undefined ? {} : { description }),
        ...(originalName === undefined ? {} : { originalName }),
      }));
  }

  /** Files to know something of: of a draft as they were added, of a package as it arrived. */
  private contentsOf(record: PackageRecord): readonly FileContent[] {
    if (record.draft === undefined) return record.arrival?.contents ?? [];
    return this.desk.session.records
      .list('draft_files', { idPrefix: `${record.id}/` })
      .flatMap(({ path, content }) => (content === undefined ? [] : [{ path, kinds: content }]));
  }

  private receiptsOf(id: string): ReceiptView[] {
    const { ledger } = this.desk.session;
    const entries = ledger.query({
      package: id,
      types: ['receipt-in', 'receipt-out', 'receipt-conflict'],
      order: 'ascending',
    });
    const seen = new Set<string>();
    const views: ReceiptView[] = [];
    for (const entry of entries) {
      const { detail } = JSON.parse(new TextDecoder().decode(entry.bytes)) as {
        detail: { receipt: string };
      };
      const evidence = ledger.evidence(detail.receipt);
      if (!evidence || seen.has(detail.receipt)) continue;
      seen.add(detail.receipt);
      const { receipt, digest } = decodeReceipt(evidence.bytes);
      views.push({
        digest,
        direction: entry.type === 'receipt-out' ? 'out' : 'in',
        kind: receipt.kind,
        at: receipt.at,
        by: receipt.by.fingerprint,
        byName: receipt.by.name,
        ...(receipt.reason === undefined ? {} : { reason: receipt.reason }),
        signed: true,
      });
    }
    return views;
  }

  private item(record: PackageRecord): PackageItem {
    const { records } = this.desk.session;
    const owner = record.case === undefined ? undefined : records.get('cases', record.case);
    const names =
      record.direction === 'in'
        ? [record.arrival?.senderName ?? '']
        : record.recipients.length > 0
          ? record.recipients.map(({ name }) => name)
          : (record.draft?.recipients ?? []).map(
              ({ fingerprint }) => records.get('contacts', fingerprint)?.name ?? fingerprint,
            );
    const counts: Record<string, number> = {};
    for (const { state } of record.recipients) counts[state] = (counts[state] ?? 0) + 1;
    return {
      id: record.id,
      direction: record.direction,
      state: record.state,
      title: record.title,
      ...(owner === undefined ? {} : { case: owner.reference }),
      files: record.files,
      bytes: record.bytes,
      createdAt: record.createdAt,
      changedAt: record.changedAt,
      ...(record.deleteBy === undefined ? {} : { deleteBy: record.deleteBy }),
      people: names,
      counts,
    };
  }
}

/** What happened to it after its delivery. */
function laterOf({ hold, recall, delayedUntil, supersededBy }: PackageRecord) {
  return {
    ...(hold === undefined ? {} : { hold }),
    ...(recall === undefined ? {} : { recall }),
    ...(delayedUntil === undefined ? {} : { delayedUntil }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
  };
}
