import { DomainError, isDomainError } from '../domain/errors/index.ts';
import { KEYS_TYPES } from '../domain/ledger/authority.ts';
import { compareAnchor } from '../domain/ledger/anchor.ts';
import { NamedCertificates } from '../domain/ledger/certificates-named.ts';
import { parseCheckpoint, type Checkpoint } from '../domain/ledger/checkpoint.ts';
import { decodeEntry } from '../domain/ledger/entry.ts';
import type { LedgerStore } from '../domain/ledger/ledger-store.ts';
import { decodeNotice, type Notice } from '../domain/transfers/notice.ts';
import type { Evidence } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Source } from './arrivals.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Taken } from './inbox.ts';
import type { PackageNotices } from './package-notices.ts';
import type { Opened } from './opening.ts';
import { positionOf } from './witnessing.ts';

type Complaint = Extract<Notice, { kind: 'fork-complaint' }>;

/** Signed statements of counterparties that are no receipts. */
export class Notices {
  readonly #desk: Desk;
  readonly #contacts: Contacts;
  readonly #ofPackages: PackageNotices;

  constructor(desk: Desk, contacts: Contacts, ofPackages: PackageNotices) {
    this.#desk = desk;
    this.#contacts = contacts;
    this.#ofPackages = ofPackages;
  }

  /**
   * Takes in a notice. Of a complaint about our ledger, both checkpoints are kept and judged: one
   * that our own keys signed and our ledger did not come by is proof, and counts as a witness.
   * @throws DomainError of the document, `notice-signer-mismatch`, `signer-blocked`,
   * `notice-unknown-package`, `notice-not-theirs`, `notice-wrong-manifest`
   */
  async takeIn(
    { message, bytes }: Extract<Opened, { kind: 'document' }>,
    source: Source,
    evidence: Evidence[],
  ): Promise<Taken> {
    const desk = this.#desk;
    const { notice, digest: complaint } = decodeNotice(bytes);
    const { signer } = message;
    if (signer !== notice.by.fingerprint)
      throw new DomainError('notice-signer-mismatch', { signer, by: notice.by.fingerprint });
    const contact = this.#contacts.record(signer);
    if (contact.blocked) throw new DomainError('signer-blocked', { name: contact.name });
    const isComplaint = notice.kind === 'fork-complaint';
    evidence.push({
      sha256: complaint,
      kind: isComplaint ? 'complaint' : 'notice',
      bytes,
      signature: message.signature,
    });
    const warnings = contact.verification ? [] : ['signer-unverified'];
    const taken = { kind: 'notice', repeated: false } as const;
    if (!isComplaint) {
      const { packageId: id } = notice;
      const effects = this.#taken(source, id);
      const { record, entry } = await this.#ofPackages.takeIn(notice, contact, evidence, effects);
      return { ...taken, id, state: record.state, entry, warnings };
    }
    const contrary = await this.#contrary(notice);
    const proven = contrary.length > 0;
    const subject = { contact: signer };
    const detail = { by: signer, at: notice.at, complaint, proven };
    const { id } = notice;
    const committed = await desk.commit({
      acts: [
        { type: 'complaint-in', subject, detail },
        ...contrary.map((place) => ({
          type: 'fork-found' as const,
          detail: { known: positionOf(place), by: signer },
        })),
      ],
      evidence,
      effects: this.#taken(source, id),
    });
    for (const { origin, size, root, head } of contrary)
      await desk.session.remember({ by: signer, origin, size, root, head, at: desk.at() });
    return {
      ...taken,
      id,
      state: 'delivered',
      entry: committed.first,
      warnings: [...warnings, proven ? 'complaint-proven' : 'complaint-unproven'],
    };
  }

  /** The file is known from now on, and quarantined no more. */
  #taken({ digest }: Source, id: string): Effect[] {
    const { session } = this.#desk;
    const seen = {
      digest,
      what: 'notice',
      package: id,
      entry: session.ledger.size(),
      at: this.#desk.at(),
    } as const;
    const quarantined = session.records.list('quarantine', { where: { digest } });
    return [
      { put: 'seen', id: digest, doc: seen },
      ...quarantined.map((row): Effect => ({ drop: 'quarantine', id: row.id })),
    ];
  }

  /** The places that our own keys signed for and no ledger of this vault came by. */
  async #contrary({ checkpoints }: Complaint): Promise<Checkpoint[]> {
    const { engine } = this.#desk.tools;
    const certificates = this.#ownCertificates();
    const found: Checkpoint[] = [];
    for (const { checkpoint, signature } of checkpoints)
      try {
        const place = parseCheckpoint(checkpoint);
        const content = new TextEncoder().encode(checkpoint);
        await engine.verify(content, signature, certificates, this.#desk.now());
        if (this.#isContrary(place)) found.push(place);
      } catch (error) {
        if (!isDomainError(error)) throw error;
      }
    return found;
  }

  /** An end that an earlier ledger lost is known and acknowledged; another past of it is not. */
  #isContrary(place: Checkpoint): boolean {
    const { session } = this.#desk;
    if (!session.earlier().includes(place.origin)) {
      const comparison = compareAnchor(session.ledger, place);
      return comparison === 'fork' || comparison === 'rollback';
    }
    return this.#inEarlier(place.origin, (ledger) => compareAnchor(ledger, place) === 'fork');
  }

  /** Certificates of everybody who ever signed for a ledger of this vault. */
  #ownCertificates(): Uint8Array[] {
    const { session } = this.#desk;
    return [
      ...membersCertificates(session.ledger),
      ...session.earlier().flatMap((origin) => this.#inEarlier(origin, membersCertificates)),
    ];
  }

  #inEarlier<T>(origin: string, work: (ledger: LedgerStore) => T): T {
    const { ledger, close } = this.#desk.session.openEarlier(origin);
    try {
      return work(ledger);
    } finally {
      close();
    }
  }
}

function membersCertificates(ledger: LedgerStore): Uint8Array[] {
  const named = new NamedCertificates();
  const keys = new Set<string>();
  for (const row of ledger.query({ types: ['genesis', ...KEYS_TYPES], order: 'ascending' })) {
    const entry = decodeEntry(row.bytes, row.seq);
    named.note(entry);
    if ('fingerprint' in entry.detail) keys.add(entry.detail.fingerprint);
    if (entry.type === 'key-rotated' || entry.type === 'key-replaced') keys.add(entry.detail.to);
  }
  const digests = [...keys].flatMap((key) => named.of(key));
  return digests.flatMap((digest) => ledger.evidence(digest)?.bytes ?? []);
}
