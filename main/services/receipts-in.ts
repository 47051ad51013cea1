import { DomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import type { ContactRecord } from '../domain/certificates/contact.ts';
import type { PackageRecord, RecipientProgress } from '../domain/packages/package.ts';
import { hearOutcome, leastAdvanced } from '../domain/packages/states.ts';
import { decodeReceipt, type Receipt } from '../domain/transfers/receipt.ts';
import { compareWitness } from '../domain/ledger/anchor.ts';
import { originOf } from '../domain/ledger/checkpoint.ts';
import type { AnchorPosition } from '../domain/vault/anchor-port.ts';
import type { Act, Evidence } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Source } from './arrivals.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Taken } from './inbox.ts';
import type { Opened } from './opening.ts';
import type { Witnessing } from './witnessing.ts';

type OpenedDocument = Extract<Opened, { kind: 'document' }>;

/** Receipts of others about packages that we sent: checked, recorded for their recipient, kept. */
export class ReceiptsIn {
  private readonly desk: Desk;
  private readonly contacts: Contacts;
  private readonly witnessing: Witnessing;

  constructor(desk: Desk, contacts: Contacts, witnessing: Witnessing) {
    this.witnessing = witnessing;
    this.desk = desk;
    this.contacts = contacts;
  }

  /**
   * Takes in a receipt. Whatever it says of a package, what it witnessed of our ledger is kept as
   * evidence: it goes into `evidence` before any check can refuse it.
   * @throws DomainError of the document, `receipt-signer-mismatch`, `receipt-unknown-package`,
   * `receipt-not-recipient`, `receipt-wrong-manifest`, `not-our-envelope`, `signer-blocked`
   */
  async takeIn(opened: OpenedDocument, source: Source, evidence: Evidence[]): Promise<Taken> {
    const { desk } = this;
    const { message, bytes } = opened;
    const { receipt, digest } = decodeReceipt(bytes);
    if (message.signer !== receipt.by.fingerprint)
      throw new DomainError('receipt-signer-mismatch', {
        signer: message.signer,
        by: receipt.by.fingerprint,
      });
    evidence.push({ sha256: digest, kind: 'receipt', bytes, signature: message.signature });
    const contact = this.contacts.record(message.signer);
    if (contact.blocked) throw new DomainError('signer-blocked', { name: contact.name });
    const record = this.packageOf(receipt);
    const seen = await this.witnessing.see(contact, receipt.ledger, record.id);
    const ours = this.compareOurs(receipt);
    const updated = ours?.verdict === 'consistent' ? witnessedBy(seen.contact, ours) : seen.contact;
    const { recipients, conflict } = this.advance(record, receipt, digest);
    const changed: PackageRecord = {
      ...record,
      recipients,
      changedAt: desk.at(),
      state: this.packageState(record, recipients),
    };
    const subject = {
      package: record.id,
      manifest: receipt.manifestDigest,
      contact: contact.fingerprint,
    };
    const heard: Act = {
      type: 'receipt-in',
      subject,
      detail: {
        kind: receipt.kind,
        receipt: digest,
        by: contact.fingerprint,
        at: receipt.at,
        ...(receipt.reason === undefined ? {} : { reason: receipt.reason.code }),
        witnessed: receipt.witnessed.result,
      },
    };
    const contrary: Act = {
      type: 'receipt-conflict',
      subject,
      detail: { kind: receipt.kind, receipt: digest, by: contact.fingerprint, code: 'contrary' },
    };
    const entry = desk.session.ledger.size();
    const committed = await desk.commit({
      acts: [...(conflict ? [heard, contrary] : [heard]), ...seen.acts, ...doubts(ours, contact)],
      evidence: [
        ...evidence,
        // The receipt itself is kept with the checkpoint in it; beside an alarm stands what was known.
        ...(seen.acts.length > 0 ? seen.evidence : []),
        {
          sha256: sha256Hex(Buffer.from(contact.certificate, 'base64')),
          kind: 'certificate',
          bytes: Buffer.from(contact.certificate, 'base64'),
        },
      ],
      effects: [
        { put: 'packages', id: record.id, doc: changed },
        { put: 'contacts', id: updated.fingerprint, doc: updated },
        {
          put: 'seen',
          id: source.digest,
          doc: { digest: source.digest, what: 'receipt', package: record.id, entry, at: desk.at() },
        },
        ...desk.session.records
          .list('quarantine', { where: { digest: source.digest } })
          .map(({ id }): Effect => ({ drop: 'quarantine', id })),
      ],
    });
    await this.remember(ours, contact);
    return {
      id: record.id,
      kind: 'receipt',
      state: changed.state,
      repeated: false,
      entry: committed.first,
      warnings: [
        ...(contact.verification ? [] : ['signer-unverified']),
        ...(conflict ? ['receipt-conflict'] : []),
        ...seen.warnings,
      ],
    };
  }

  private packageOf(receipt: Receipt): PackageRecord {
    const id = receipt.packageId;
    const record = this.desk.session.records.get('packages', id);
    if (record?.direction !== 'out' || record.sealed === undefined)
      throw new DomainError('receipt-unknown-package', { id });
    const named = record.recipients.some(
      ({ fingerprint }) => fingerprint === receipt.by.fingerprint,
    );
    if (!named) throw new DomainError('receipt-not-recipient', { name: receipt.by.name });
    if (record.manifestDigest !== receipt.manifestDigest)
      throw new DomainError('receipt-wrong-manifest', { id });
    if (record.sealed.digest !== receipt.sealedDigest)
      throw new DomainError('not-our-envelope', { id });
    return record;
  }

  private advance(
    record: PackageRecord,
    receipt: Receipt,
    digest: string,
  ): { recipients: RecipientProgress[]; conflict: boolean } {
    let conflict = false;
    const recipients = record.recipients.map((row): RecipientProgress => {
      if (row.fingerprint !== receipt.by.fingerprint) return row;
      const next = hearOutcome(row.state, row.heard, receipt.kind);
      conflict = next.conflict;
      const moved = next.state !== row.state;
      return {
        ...row,
        state: next.state,
        ...(moved ? { at: receipt.at, by: 'signed' as const } : {}),
        ...(moved && receipt.reason ? { reason: receipt.reason } : {}),
        heard: [...new Set([...row.heard, receipt.kind])],
        receipts: [...row.receipts, digest],
      };
    });
    return { recipients, conflict };
  }

  /** Recalled, superseded and expired packages keep their state whatever arrives. */
  private packageState(record: PackageRecord, recipients: readonly RecipientProgress[]) {
    if (['recalled', 'superseded', 'expired'].includes(record.state)) return record.state;
    return leastAdvanced(recipients.map(({ state }) => state));
  }

  /** What they saw of our ledger, when it is the present one. */
  private compareOurs({ witnessed, at }: Receipt): Seen | undefined {
    const { ledger } = this.desk.session;
    const genesis = ledger.entry(0);
    if (!genesis || witnessed.result === 'none') return undefined;
    if (witnessed.origin !== originOf(genesis.bytes)) return undefined;
    const { origin, size, root, head } = witnessed;
    return { origin, size, root, head, at, verdict: compareWitness(ledger, witnessed) };
  }

  /**
   * Keeps it outside the vault, so that it counts at every later unlock. A contradiction makes the
   * vault read-only then; so it takes the word of somebody whose key was compared.
   */
  private async remember(seen: Seen | undefined, contact: ContactRecord): Promise<void> {
    if (seen === undefined) return;
    const { verdict, ...position } = seen;
    if (verdict !== 'consistent' && contact.verification === undefined) return;
    await this.desk.session.remember({ ...position, by: contact.fingerprint });
  }
}

/** A place of our own ledger that a counterparty saw, and how the ledger stands to it. */
interface Seen extends Omit<AnchorPosition, 'by'> {
  readonly verdict: ReturnType<typeof compareWitness>;
}

function witnessedBy(contact: ContactRecord, { size, root, head }: Seen): ContactRecord {
  if (size <= (contact.witnessedOurs?.size ?? 0)) return contact;
  return { ...contact, witnessedOurs: { size, root, head } };
}

/** They hold a later or another tree of ours: our own ledger went back or was forked. */
function doubts(seen: Seen | undefined, contact: ContactRecord): Act[] {
  if (seen === undefined || seen.verdict === 'consistent') return [];
  const known = { origin: seen.origin, size: seen.size, root: seen.root };
  return seen.verdict === 'rollback'
    ? [{ type: 'rollback-found', detail: { known, where: 'receipt' } }]
    : [{ type: 'fork-found', detail: { known, by: contact.fingerprint } }];
}
