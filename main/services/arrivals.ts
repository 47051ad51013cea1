import { DomainError, isDomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import type { ContactRecord } from '../domain/certificates/contact.ts';
import { checkArrival } from '../domain/packages/arrival.ts';
import { releaseFacts } from '../domain/packages/facts.ts';
import type { Manifest } from '../domain/packages/manifest.ts';
import { sealedFileName } from '../domain/packages/file-name.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import { checkApprovals } from '../domain/transfers/check-approvals.ts';
import type { Act } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import { superseding } from './superseding.ts';
import type { TakeOptions, Taken } from './inbox.ts';
import type { Opened } from './opening.ts';
import type { ReceiptMade, Receipts } from './receipts.ts';
import type { Sight, Witnessing } from './witnessing.ts';

/** The ciphertext's copy inside the vault, still partial. */
export interface Source {
  readonly partial: string;
  readonly digest: string;
  readonly bytes: number;
}

type OpenedBag = Extract<Opened, { kind: 'bag' }>;

/** A verified package comes in: recorded, witnessed, answered with a `delivered` receipt. */
export class Arrivals {
  private readonly desk: Desk;
  private readonly contacts: Contacts;
  private readonly receipts: Receipts;
  private readonly witnessing: Witnessing;

  constructor(desk: Desk, contacts: Contacts, receipts: Receipts, witnessing: Witnessing) {
    this.witnessing = witnessing;
    this.desk = desk;
    this.contacts = contacts;
    this.receipts = receipts;
  }

  /** @throws DomainError of arrival.ts, `package-conflict` */
  async takeIn(opened: OpenedBag, source: Source, options: TakeOptions): Promise<Taken> {
    const { desk } = this;
    const { bag, message } = opened;
    const { manifest, manifestDigest } = bag;
    const warnings = checkArrival(message, manifest, this.reader());
    this.assertNew(manifest.id);
    const sender = this.contacts.record(manifest.sender.fingerprint);
    const approvals = await this.approvals(bag, sender);
    const unknown = approvals.some(({ known }) => !known);
    const seen = await this.witnessing.see(sender, bag.ledger, manifest.id);
    const record: PackageRecord = {
      id: manifest.id,
      direction: 'in',
      state: 'delivered',
      ...this.caseOf(manifest),
      title: manifest.case.title ?? manifest.case.reference,
      createdAt: manifest.createdAt,
      changedAt: desk.at(),
      manifest: Buffer.from(bag.manifestBytes).toString('base64'),
      manifestDigest,
      files: manifest.files.length,
      bytes: manifest.files.reduce((sum, file) => sum + file.size, 0),
      deleteBy: manifest.retention.deleteBy,
      sealed: {
        digest: source.digest,
        bytes: source.bytes,
        fileName: sealedFileName(source.digest),
        profile: message.profile,
        kept: true,
      },
      recipients: [],
      arrival: {
        at: desk.at(),
        sender: sender.fingerprint,
        senderName: sender.name,
        signedAt: message.signedAt,
        warnings: [
          ...warnings,
          ...seen.warnings,
          ...bag.warnings,
          ...(unknown ? ['approver-unverified'] : []),
          ...(bag.contents.length > 0 ? ['content-to-know'] : []),
        ],
        ...(bag.contents.length === 0 ? {} : { contents: bag.contents }),
        ...(approvals.length === 0 ? {} : { approvals }),
        witnessed: seen.result,
        ...(bag.ledger === undefined
          ? {}
          : { checkpoint: { body: bag.ledger.checkpoint, signature: bag.ledger.signature } }),
      },
    };
    return this.commit(record, opened, source, sender, seen, options);
  }

  /**
   * Checks the second signatures. The certificate in the bag is the sender's word; one that is
   * known here is used instead, with what is known of it since.
   * @throws DomainError of checkApprovals, `signer-blocked`
   */
  private async approvals(
    { manifest, manifestBytes, approvals }: OpenedBag['bag'],
    sender: ContactRecord,
  ) {
    const { tools } = this.desk;
    const known = (fingerprint: string) => this.contacts.find(fingerprint);
    for (const { fingerprint } of approvals) {
      const contact = known(fingerprint);
      if (contact?.blocked) throw new DomainError('signer-blocked', { name: contact.name });
    }
    await checkApprovals(tools.engine, {
      manifest,
      manifestBytes,
      approvals: approvals.map(({ fingerprint, signature, certificate }) => {
        const own = known(fingerprint)?.certificate;
        return {
          fingerprint,
          signature,
          certificate: own
            ? Buffer.from(own, 'base64')
            : new TextEncoder().encode(certificate ?? ''),
        };
      }),
      sendersKeys: [],
      senderCertificate: Buffer.from(sender.certificate, 'base64'),
      at: this.desk.now(),
    });
    return approvals.map(({ fingerprint }) => ({
      fingerprint,
      name:
        manifest.approval.approvers.find((named) => named.fingerprint === fingerprint)?.name ??
        fingerprint,
      known: known(fingerprint)?.verification !== undefined,
    }));
  }

  private async commit(
    record: PackageRecord,
    { bag }: OpenedBag,
    source: Source,
    sender: ContactRecord,
    seen: Sight,
    options: TakeOptions,
  ): Promise<Taken> {
    const { desk } = this;
    const acts: Act[] = [
      {
        type: 'arrived',
        subject: { ...subjectOf(record), contact: sender.fingerprint },
        detail: {
          facts: releaseFacts(bag.manifest),
          sender: sender.fingerprint,
          senderVerified: sender.verification !== undefined,
          sealedBytes: source.bytes,
          witnessed: seen.result,
          warnings: (record.arrival?.warnings ?? []).slice(0, 16),
        },
      },
    ];
    const replaced = superseding(desk, bag.manifest, 'in');
    acts.push(...replaced.acts, ...seen.acts);
    const receipt = await this.deliveredReceipt(record, options);
    const entry = desk.session.ledger.size();
    if (receipt) acts.push(receipt.act);
    const effects: Effect[] = [
      { put: 'packages', id: record.id, doc: record },
      ...replaced.effects,
      { put: 'contacts', id: seen.contact.fingerprint, doc: seen.contact },
      {
        put: 'seen',
        id: source.digest,
        doc: { digest: source.digest, what: 'package', package: record.id, entry, at: desk.at() },
      },
      ...(receipt?.effects ?? []),
      ...this.clearQuarantine(source.digest),
    ];
    const write = (extra: readonly { from: string; to: string }[]) =>
      desk.commit({
        acts,
        evidence: [
          ...seen.evidence,
          ...(receipt?.evidence ?? []),
          {
            sha256: sha256Hex(Buffer.from(sender.certificate, 'base64')),
            kind: 'certificate',
            bytes: Buffer.from(sender.certificate, 'base64'),
          },
        ],
        effects,
        renames: [
          { from: source.partial, to: desk.sealed(sealedFileName(source.digest)) },
          ...(receipt?.renames ?? []),
          ...extra,
        ],
        keepCheckpoint: receipt !== undefined,
      });
    const committed = receipt
      ? await this.receipts.deliver(receipt, options.out, write)
      : await write([]);
    return {
      id: record.id,
      kind: 'package',
      state: record.state,
      repeated: false,
      entry: committed.first,
      warnings: [...(record.arrival?.warnings ?? []), ...(receipt ? [] : ['no-receipt'])],
    };
  }

  /** A sender whose key cannot be sealed to any more gets no receipt, but the package is taken in. */
  private async deliveredReceipt(
    record: PackageRecord,
    options: TakeOptions,
  ): Promise<ReceiptMade | undefined> {
    try {
      return await this.receipts.make(record, 'delivered', { channel: options.channel });
    } catch (error) {
      if (isDomainError(error, 'receipt-not-possible')) return undefined;
      throw error;
    }
  }

  private reader() {
    const { session } = this.desk;
    const { facts } = session.certificate;
    return {
      own: session.keys.map(({ fingerprint }) => fingerprint),
      ownKeyIds: [facts.primary, ...facts.subkeys].map(({ keyId }) => keyId),
      contact: (fingerprint: string) => this.contacts.find(fingerprint),
    };
  }

  /** An answer to a request of ours belongs to the case of that request. */
  private caseOf({ inReplyTo }: Manifest): { readonly case?: string } {
    const asked =
      inReplyTo === undefined ? undefined : this.desk.session.records.get('packages', inReplyTo);
    return asked?.direction === 'out' && asked.case !== undefined ? { case: asked.case } : {};
  }

  private assertNew(id: string): void {
    const known = this.desk.session.records.get('packages', id);
    if (known) throw new DomainError('package-conflict', { id, at: known.changedAt });
  }

  private clearQuarantine(digest: string): Effect[] {
    return this.desk.session.records
      .list('quarantine', { where: { digest } })
      .map(({ id }) => ({ drop: 'quarantine', id }));
  }
}
