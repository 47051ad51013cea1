import { certificatesHeld } from '../domain/ledger/certificates-named.ts';
import type { Fingerprint, Role } from '../domain/identifiers.ts';
import { memberships, openIdentity } from '../domain/vault/membership.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';

/** Somebody who can be asked to approve: a member of this vault, or somebody with another one. */
export interface Approver {
  readonly fingerprint: Fingerprint;
  readonly name: string;
  readonly certificate: Uint8Array;
  /** Of a member of this vault. */
  readonly role?: Role;
  /** Somebody compared the fingerprint: always so of members. */
  readonly isVerified: boolean;
}

/** Looks up people who are named as approvers. */
export class Approvers {
  readonly #desk: Desk;
  readonly #contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.#desk = desk;
    this.#contacts = contacts;
  }

  /** By the key that they sign with now. */
  find(fingerprint: Fingerprint): Approver | undefined {
    const { ledger } = this.#desk.session;
    for (const member of memberships(ledger).values()) {
      if (member.removed || member.fingerprint !== fingerprint || member.role === 'auditor')
        continue;
      const [certificate] = certificatesHeld(ledger, fingerprint);
      if (certificate === undefined) continue;
      const name = openIdentity(ledger, member.identity)?.name ?? fingerprint;
      return { fingerprint, name, certificate, role: member.role, isVerified: true };
    }
    const contact = this.#contacts.find(fingerprint);
    return (
      contact && {
        fingerprint,
        name: contact.name,
        certificate: Buffer.from(contact.certificate, 'base64'),
        isVerified: contact.verification !== undefined,
      }
    );
  }

  /** Every key that was ever one of this member's, whose present key this is. */
  keysOf(fingerprint: Fingerprint): readonly Fingerprint[] {
    const members = [...memberships(this.#desk.session.ledger).values()];
    return members.find(({ keys }) => keys.includes(fingerprint))?.keys ?? [fingerprint];
  }
}
