import type { Fingerprint, Role, Uuid } from '../identifiers.ts';
import type { Entry } from '../ledger/entry.ts';
import type { EntryType, ReleaseFacts } from '../ledger/entry-types.ts';
import type { Instant } from '../time.ts';

/**
 * What data-protection law for the police has logged (Directive (EU) 2016/680, article 25):
 * `disclosure` to somebody in the own country, `transfer` to another one.
 */
export const DISCLOSURE_ACTS = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'transfer',
  'erasure',
] as const;
export type DisclosureAct = (typeof DISCLOSURE_ACTS)[number];

/** One act on personal data: who, when, why, to whom. */
export interface Disclosure {
  readonly seq: number;
  readonly at: Instant;
  readonly act: DisclosureAct;
  readonly by: Fingerprint;
  readonly role: Role;
  readonly package?: Uuid;
  readonly case?: Uuid;
  readonly instrument?: string;
  readonly legalBasis: readonly string[];
  readonly purposes: readonly string[];
  /** Who got it, or whose it was. */
  readonly people: readonly Fingerprint[];
  readonly countries: readonly string[];
  readonly categories: readonly string[];
  readonly affected?: number;
}

/** The types that the log is read from. */
export const DISCLOSURE_TYPES: readonly EntryType[] = [
  'genesis',
  'frozen',
  'addressed',
  'sealed',
  'dispatched',
  'arrived',
  'extracted',
  'minimised',
  'destroyed',
  'returned',
];

/** Reads the log from entries in their order. */
export class DisclosureLog {
  readonly rows: Disclosure[] = [];
  readonly #facts = new Map<Uuid, ReleaseFacts>();
  readonly #people = new Map<Uuid, Fingerprint[]>();
  #country = '';

  /** Takes in the next entry. */
  note(entry: Entry): void {
    const id = entry.subject.package ?? '';
    switch (entry.type) {
      case 'genesis':
        this.#country = entry.detail.country;
        return;
      case 'frozen':
      case 'addressed':
        this.#people.set(id, [...(this.#people.get(id) ?? []), ...entry.detail.recipients]);
        return;
      case 'sealed':
        this.#facts.set(id, entry.detail.facts);
        return;
      case 'dispatched': {
        this.#add(entry, this.#isAbroad(id) ? 'transfer' : 'disclosure');
        return;
      }
      case 'arrived':
        this.#facts.set(id, entry.detail.facts);
        this.#people.set(id, [entry.detail.sender]);
        {
          this.#add(entry, 'collection');
          return;
        }
      case 'extracted': {
        this.#add(entry, 'consultation');
        return;
      }
      case 'minimised': {
        this.#add(entry, 'alteration');
        return;
      }
      case 'destroyed': {
        this.#add(entry, 'erasure');
        return;
      }
      case 'returned': {
        this.#add(entry, 'disclosure');
        return;
      }
      default:
    }
  }

  #isAbroad(id: Uuid): boolean {
    return this.#facts.get(id)?.countries.some((country) => country !== this.#country) ?? false;
  }

  #add({ seq, at, actor, subject }: Entry, act: DisclosureAct): void {
    const { package: id, case: owner } = subject;
    const facts = this.#facts.get(id ?? '');
    // An order carries no personal data: sending or reading one is no act on any.
    if (facts?.kind === 'request') return;
    this.rows.push({
      seq,
      at,
      act,
      by: actor.fingerprint,
      role: actor.role,
      ...(id === undefined ? {} : { package: id }),
      ...(owner === undefined ? {} : { case: owner }),
      ...(facts === undefined ? {} : { instrument: facts.instrument }),
      legalBasis: facts?.legalBasis ?? [],
      purposes: facts?.purposes ?? [],
      people: this.#people.get(id ?? '') ?? [],
      countries: facts?.countries ?? [],
      categories: facts?.categories ?? [],
      ...(facts === undefined ? {} : { affected: facts.affected }),
    });
  }
}
