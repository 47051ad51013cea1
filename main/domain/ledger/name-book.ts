import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { Opening } from '../vault/journal.ts';
import type { Entry } from './entry.ts';
import type { EntryType } from './entry-types.ts';

/** Entries that say whose a key is, or what a case is called. */
export const NAMING_TYPES: readonly EntryType[] = [
  'genesis',
  'member-added',
  'key-rotated',
  'key-replaced',
  'contact-added',
  'case-opened',
];

/**
 * The names that a ledger itself knows: of its members, their contacts and their cases, as far as
 * the texts behind the commitments are there. It needs no other database.
 */
export class NameBook {
  readonly #names = new Map<Fingerprint, string>();
  readonly #members = new Map<Uuid, string>();
  readonly #cases = new Map<Uuid, string>();

  of(fingerprint: Fingerprint): string | undefined {
    return this.#names.get(fingerprint);
  }

  /** The reference of a case. */
  ofCase(id: Uuid): string | undefined {
    return this.#cases.get(id);
  }

  /** Learns what an entry of one of the types above says; others say nothing. */
  take(entry: Entry, openingOf: (digest: Digest) => Opening | undefined): void {
    switch (entry.type) {
      case 'genesis':
      case 'member-added': {
        const { member, fingerprint, identity } = entry.detail;
        const name = nameIn(openingOf(identity));
        if (name === undefined) return;
        this.#members.set(member, name);
        this.#names.set(fingerprint, name);
        return;
      }
      case 'key-rotated':
      case 'key-replaced': {
        const name = this.#members.get(entry.detail.member);
        if (name !== undefined) this.#names.set(entry.detail.to, name);
        return;
      }
      case 'contact-added': {
        const name = nameIn(openingOf(entry.detail.identity));
        const { contact } = entry.subject;
        if (name !== undefined && contact !== undefined) this.#names.set(contact, name);
        return;
      }
      case 'case-opened': {
        const reference = openingOf(entry.detail.reference)?.value;
        const { case: id } = entry.subject;
        if (reference !== undefined && id !== undefined) this.#cases.set(id, reference);
        return;
      }
      default:
    }
  }
}

/** The name in an identity, which is a canonical JSON object of texts. */
function nameIn(opening: Opening | undefined): string | undefined {
  if (opening === undefined) return undefined;
  try {
    const { name } = JSON.parse(opening.value) as { readonly name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
