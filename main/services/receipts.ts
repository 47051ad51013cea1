import { DomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import { sealedFileName } from '../domain/packages/file-name.ts';
import { readArmor } from '../domain/pgp/armor.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import type { Outcome } from '../domain/packages/states.ts';
import { consistencyProof } from '../domain/ledger/merkle.ts';
import { encodeReceipt, type Receipt } from '../domain/transfers/receipt.ts';
import type { Act, Commit, Evidence } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';

export interface ReceiptMade {
  readonly receipt: Receipt;
  readonly fileName: string;
  /** Written and synced; the commit renames it to its final name. */
  readonly partial: string;
  readonly act: Act;
  readonly effects: readonly Effect[];
  readonly renames: NonNullable<Commit['renames']>;
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
    const { member, journal, ledger } = desk.session;
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
      by: {
        name: member.name,
        organisation: member.organisation,
        country: member.country,
        fingerprint: member.fingerprint,
      },
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

  /**
   * Runs `commit` with the renames of a copy for `out`, when a folder was named; whatever fails,
   * neither the receipt's partial nor the copy stays behind.
   */
  async deliver<T>(
    made: ReceiptMade,
    out: string | undefined,
    commit: (extra: readonly { from: string; to: string }[]) => Promise<T>,
  ): Promise<T> {
    const { files } = this.desk.tools;
    return this.desk.withScratch(made.partial, async () => {
      if (out === undefined) return commit([]);
      await files.makeFolder(out);
      const to = files.join(out, made.fileName);
      const copy = `${to}.partial`;
      return this.desk.withScratch(copy, async () => {
        await files.copy(made.partial, copy);
        return commit([{ from: copy, to }]);
      });
    });
  }

  private async write(
    record: PackageRecord,
    receipt: Receipt,
    certificate: Uint8Array,
    channel: string | undefined,
  ): Promise<ReceiptMade> {
    const { desk } = this;
    const { engine, files } = desk.tools;
    const [signer] = desk.session.keys;
    if (!signer) throw new DomainError('vault-locked');
    const bytes = encodeReceipt(receipt);
    const { facts } = await engine.readCertificate(certificate, desk.now());
    const partial = desk.sealed(`${receipt.id}.partial`);
    // Remembered before it is there, so that not even a crash leaves it; `deliver` ends this.
    desk.session.scratch.begin(partial);
    const file = await files.hashedPartial(partial);
    try {
      const content = (async function* () {
        yield await Promise.resolve(bytes);
      })();
      const sealed = engine.seal({
        content,
        recipients: [certificate],
        signer,
        profile: engine.messageProfile([facts, desk.session.certificate.facts]),
        compress: false,
        at: desk.now(),
      });
      for await (const chunk of sealed) await file.write(chunk);
      const written = await file.finish();
      const digest = sha256Hex(bytes);
      // The ledger's own copy is proved by a signature of its own: the sealed one only its reader sees.
      const signature = readArmor(await engine.sign(bytes, signer, desk.now())).bytes;
      const fileName = sealedFileName(written.digest);
      const id = desk.newId();
      const to = record.arrival?.sender ?? '';
      return {
        receipt,
        fileName,
        partial,
        act: {
          type: 'receipt-out',
          subject: {
            package: record.id,
            ...(record.manifestDigest === undefined ? {} : { manifest: record.manifestDigest }),
            contact: to,
          },
          detail: { kind: receipt.kind, receipt: digest, to },
        },
        effects: [
          {
            put: 'outgoing',
            id,
            doc: {
              id,
              ...(channel === undefined ? {} : { channel }),
              what: 'receipt',
              package: record.id,
              fileName,
              digest: written.digest,
              bytes: written.bytes,
              to: [to],
              state: 'waiting',
              at: desk.at(),
            },
          },
          {
            put: 'seen',
            id: written.digest,
            doc: {
              digest: written.digest,
              what: 'own',
              package: record.id,
              entry: 0,
              at: desk.at(),
            },
          },
        ],
        renames: [{ from: partial, to: desk.sealed(fileName) }],
        evidence: [{ sha256: digest, kind: 'receipt', bytes, signature }],
      };
    } catch (error) {
      await file.discard();
      desk.session.scratch.end(partial);
      throw error;
    }
  }
}
