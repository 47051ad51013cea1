import { DomainError } from '../domain/errors/index.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import type { Outcome } from '../domain/packages/states.ts';
import { consistencyProof } from '../domain/ledger/merkle.ts';
import { encodeReceipt, type Receipt } from '../domain/transfers/receipt.ts';
import { continuingGenesis } from '../domain/vault/earlier.ts';
import type { Act, Evidence } from '../domain/vault/journal.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import { deliverDocument, sealDocument, type SealedDocument } from './sealed-document.ts';

export interface ReceiptMade extends Omit<SealedDocument, 'signature'> {
  readonly receipt: Receipt;
  readonly act: Act;
  readonly evidence: readonly Evidence[];
}

/** Signed statements to the sender about a package that we received. */
export class Receipts {
  private readonly desk: Desk;
  private readonly contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.desk = desk;
    this.contacts = contacts;
  }

  /**
   * Makes a receipt, sealed to the package's sender, as a partial file. It carries our ledger's
   * checkpoint and what we witnessed of the sender's.
   * @throws DomainError `receipt-not-possible` when the sender's key cannot be sealed to any more
   */
  async make(
    record: PackageRecord,
    kind: Outcome,
    options: { reason?: Receipt['reason']; channel?: string | undefined } = {},
  ): Promise<ReceiptMade> {
    const { desk } = this;
    const { arrival, sealed, manifestDigest } = record;
    if (!arrival || !sealed || manifestDigest === undefined)
      throw new DomainError('package-state', { id: record.id, state: record.state, event: kind });
    const sender = this.contacts.record(arrival.sender);
    const facts = await this.contacts.facts(sender);
    if (facts.refusals.length > 0 || sender.blocked)
      throw new DomainError('receipt-not-possible', { name: sender.name });
    const { journal, ledger } = desk.session;
    const checkpoint = await journal.checkpoint({ leaves: true });
    const seen = sender.witnessedOurs?.size ?? 0;
    const known = sender.witnessed;
    const receipt: Receipt = {
      format: 'valise.receipt/1',
      id: desk.newId(),
      kind,
      packageId: record.id,
      manifestDigest,
      sealedDigest: sealed.digest,
      at: desk.at(),
      by: desk.party(),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ledger: {
        checkpoint: checkpoint.body,
        signature: checkpoint.signature,
        consistency:
          seen > 0 && seen <= checkpoint.size
            ? [
                {
                  from: seen,
                  proof: consistencyProof(ledger, seen, checkpoint.size).map((hash) =>
                    Buffer.from(hash).toString('base64'),
                  ),
                },
              ]
            : [],
        ...continuingGenesis(ledger),
      },
      witnessed:
        known === undefined || arrival.witnessed === 'none'
          ? { result: 'none' }
          : {
              origin: known.origin,
              size: known.size,
              root: known.root,
              head: known.head,
              result: arrival.witnessed,
            },
    };
    return this.write(record, receipt, Buffer.from(sender.certificate, 'base64'), options.channel);
  }

  /** See `deliverDocument`. */
  deliver<T>(
    made: ReceiptMade,
    out: string | undefined,
    commit: (extra: readonly { from: string; to: string }[]) => Promise<T>,
  ): Promise<T> {
    return deliverDocument(this.desk, made, out, commit);
  }

  private async write(
    record: PackageRecord,
    receipt: Receipt,
    certificate: Uint8Array,
    channel: string | undefined,
  ): Promise<ReceiptMade> {
    const { desk } = this;
    const { kind, id } = receipt;
    const to = record.arrival?.sender ?? '';
    const manifest = record.manifestDigest === undefined ? {} : { manifest: record.manifestDigest };
    const bytes = encodeReceipt(receipt);
    const what = { what: 'receipt', package: record.id } as const;
    const sealed = await sealDocument(desk, { bytes, id, to, certificate, channel, ...what });
    const subject = { package: record.id, ...manifest, contact: to };
    return {
      ...sealed,
      receipt,
      act: { type: 'receipt-out', subject, detail: { kind, receipt: sealed.digest, to } },
      evidence: [{ sha256: sealed.digest, kind: 'receipt', bytes, signature: sealed.signature }],
    };
  }
}
