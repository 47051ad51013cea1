import type { Digest, Fingerprint } from '../identifiers.ts';
import { KEYS_TYPES } from './authority.ts';
import { decodeEntry, type Entry } from './entry.ts';
import type { LedgerQuery, LedgerStore } from './ledger-store.ts';

/** Which certificates the ledger says belong to a key: those in force when it signed come first. */
export class NamedCertificates {
  readonly #digests = new Map<Fingerprint, Digest[]>();

  /** Takes note of an entry that names a certificate; others say nothing here. */
  note({ type, detail, subject }: Entry): void {
    if (type === 'genesis' || type === 'member-added' || type === 'key-made')
      this.#add(detail.fingerprint, detail.certificate);
    else if (type === 'key-revoked') this.#add(detail.fingerprint, detail.certificate);
    else if (type === 'key-rotated' || type === 'key-replaced')
      this.#add(detail.to, detail.certificate);
    else if (
      (type === 'contact-added' || type === 'contact-verified' || type === 'contact-changed') &&
      subject.contact !== undefined
    )
      this.#add(subject.contact, detail.certificate);
  }

  of(fingerprint: Fingerprint): readonly Digest[] {
    return this.#digests.get(fingerprint) ?? [];
  }

  #add(fingerprint: Fingerprint, digest: Digest): void {
    const known = this.#digests.get(fingerprint);
    if (known === undefined) this.#digests.set(fingerprint, [digest]);
    else if (!known.includes(digest)) known.push(digest);
  }
}

const OF_CONTACTS = ['contact-added', 'contact-verified', 'contact-changed'] as const;

/**
 * The certificates of one key that the ledger names and holds, without going through all of it:
 * a member's, or a contact's.
 * @throws DomainError as `decodeEntry`
 */
export function certificatesHeld(store: LedgerStore, fingerprint: Fingerprint): Uint8Array[] {
  const named = new NamedCertificates();
  const naming: readonly LedgerQuery[] = [
    { types: ['genesis', ...KEYS_TYPES] },
    { types: OF_CONTACTS, contact: fingerprint },
  ];
  for (const query of naming)
    for (const row of store.query({ ...query, order: 'ascending' }))
      named.note(decodeEntry(row.bytes, row.seq));
  return named.of(fingerprint).flatMap((digest) => store.evidence(digest)?.bytes ?? []);
}
