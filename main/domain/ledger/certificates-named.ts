import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Entry } from './entry.ts';

/** Which certificates the ledger says belong to a key: those in force when it signed come first. */
export class NamedCertificates {
  readonly #digests = new Map<Fingerprint, Digest[]>();

  /** Takes note of an entry that names a certificate. */
  note({ type, detail, subject }: Entry): void {
    switch (type) {
      case 'genesis':
      case 'member-added':
      case 'key-made':
      case 'key-revoked':
        this.#add(detail.fingerprint, detail.certificate);
        return;
      case 'key-rotated':
      case 'key-replaced':
        this.#add(detail.to, detail.certificate);
        return;
      case 'contact-added':
      case 'contact-verified':
      case 'contact-changed':
        if (subject.contact !== undefined) this.#add(subject.contact, detail.certificate);
    }
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
