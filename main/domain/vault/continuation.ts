import type { ContactRecord } from '../certificates/contact.ts';
import { sha256Hex } from '../digest.ts';
import { DomainError } from '../errors/index.ts';
import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import { encodeCanonical } from '../json/canonical.ts';
import { KEYS_TYPES } from '../ledger/authority.ts';
import { NamedCertificates } from '../ledger/certificates-named.ts';
import { originOf } from '../ledger/checkpoint.ts';
import { decodeEntry, type EntryOf } from '../ledger/entry.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import { rootAt } from '../ledger/merkle.ts';
import { makeOpening } from '../ledger/opening.ts';
import type { KeyProfile } from '../pgp/engine.ts';
import type { Random } from '../ports.ts';
import type { Continues } from './earlier.ts';
import type { Act, Commit, Evidence, Opening } from './journal.ts';
import { memberships, type Membership } from './membership.ts';
import type { Effect } from './records.ts';
import type { Trouble } from './trouble.ts';

/** A contact with what a new ledger says of the certificate. */
export interface CarriedContact {
  readonly record: ContactRecord;
  readonly algorithm: string;
}

export interface Continuing {
  readonly ledger: LedgerStore;
  readonly trouble: Trouble;
  readonly vaultId: Uuid;
  /** Who acknowledges, with the key that signs from now on. */
  readonly officer: {
    readonly member: Uuid;
    readonly fingerprint: Fingerprint;
    readonly certificate: Uint8Array;
    readonly profile: KeyProfile;
    readonly country: string;
  };
  /** Members who have a slot. */
  readonly slots: ReadonlySet<Uuid>;
  readonly contacts: readonly CarriedContact[];
  readonly reason: string;
  readonly program: string;
  readonly random: Random;
}

/**
 * The first commit of the ledger that continues a troubled one: genesis by the officer who goes
 * on, what was found, that it was acknowledged and why, and then everybody who still has a slot,
 * keys that were revoked, and the certificates of the contacts, so that the new ledger can be
 * judged by itself. Texts behind commitments and certificates come along.
 * @throws DomainError `database-damaged` when the ledger lost the name of a member
 */
export function continueLedger(from: Continuing, header: Digest): Commit {
  const carried = new Carried(from, header);
  return carried.commit();
}

/** Where the ledger stands, and up to which entry the loss is known; a size without loss. */
export function continuesOf(ledger: LedgerStore, { missing, code }: Trouble): Continues {
  const genesis = ledger.entry(0);
  const size = ledger.size();
  if (genesis === undefined) throw new TypeError('a ledger without a genesis');
  const isLost = missing !== undefined && code !== 'vault-db-older';
  return {
    origin: originOf(genesis.bytes),
    size,
    root: Buffer.from(rootAt(ledger, size)).toString('hex'),
    lostTo: isLost ? Math.max(missing.to, size - 1) : size - 1,
  };
}

class Carried {
  readonly #from: Continuing;
  readonly #header: Digest;
  readonly #named = new NamedCertificates();
  readonly #openings: Opening[] = [];
  readonly #evidence = new Map<Digest, Evidence>();
  readonly #revoked: EntryOf<'key-revoked'>[] = [];

  constructor(from: Continuing, header: Digest) {
    this.#from = from;
    this.#header = header;
    const types = ['genesis', ...KEYS_TYPES] as const;
    for (const row of from.ledger.query({ types: [...types], order: 'ascending' })) {
      const entry = decodeEntry(row.bytes, row.seq);
      this.#named.note(entry);
      if (entry.type === 'key-revoked') this.#revoked.push(entry);
    }
  }

  commit(): Commit {
    const reason = makeOpening(this.#from.reason, this.#from.random);
    this.#openings.push(reason);
    const members = [...memberships(this.#from.ledger).values()].filter(
      ({ id, removed }) => !removed && this.#from.slots.has(id),
    );
    const acts: Act[] = [
      this.#genesis(members),
      this.#found(),
      { type: 'rollback-acknowledged', detail: { reason: reason.digest } },
      ...members.flatMap((member) => this.#member(member)),
      ...this.#revocations(new Set(members.map(({ id }) => id))),
      ...this.#from.contacts.map((contact) => this.#contact(contact)),
    ];
    return {
      acts,
      openings: this.#openings,
      evidence: [...this.#evidence.values()],
      effects: this.#from.contacts.flatMap(({ record }) => forgetWitnessed(record)),
      keepCheckpoint: true,
    };
  }

  #genesis(members: readonly Membership[]): Act {
    const { officer, ledger, trouble, vaultId: vault, program } = this.#from;
    const { member, fingerprint, profile, country } = officer;
    const known = members.find(({ id }) => id === member);
    if (known === undefined) throw new TypeError('the officer is no member');
    return {
      type: 'genesis',
      detail: {
        vault,
        member,
        fingerprint,
        role: 'officer',
        certificate: this.#keep(officer.certificate),
        profile,
        country,
        identity: this.#identity(known),
        header: this.#header,
        program,
        continues: continuesOf(ledger, trouble),
      },
    };
  }

  #found(): Act {
    const { code, known, where, by } = this.#from.trouble;
    return code === 'fork' || code === 'replaced'
      ? { type: 'fork-found', detail: { known, ...(by === undefined ? {} : { by }) } }
      : { type: 'rollback-found', detail: { known, where } };
  }

  #member({ id: member, role, fingerprint, identity }: Membership): Act[] {
    if (member === this.#from.officer.member) return [];
    const [digest] = this.#named.of(fingerprint);
    const evidence = digest === undefined ? undefined : this.#from.ledger.evidence(digest);
    if (evidence === undefined) throw lost('the certificate of a member is missing');
    const detail = { member, fingerprint, role, header: this.#header };
    const certificate = this.#keep(evidence.bytes);
    const name = this.#identity({ identity });
    return [{ type: 'member-added', detail: { ...detail, certificate, identity: name } }];
  }

  #revocations(members: ReadonlySet<Uuid>): Act[] {
    return this.#revoked.flatMap(({ detail }) => {
      const evidence = this.#from.ledger.evidence(detail.certificate);
      if (!members.has(detail.member) || evidence === undefined) return [];
      const { member, fingerprint, reason } = detail;
      const certificate = this.#keep(evidence.bytes);
      return [
        { type: 'key-revoked' as const, detail: { member, fingerprint, certificate, reason } },
      ];
    });
  }

  #contact({ record, algorithm }: CarriedContact): Act {
    const { name, email, organisation, country, via } = record;
    const text = encodeCanonical({ name, email, organisation, country });
    const identity = makeOpening(new TextDecoder().decode(text), this.#from.random);
    this.#openings.push(identity);
    return {
      type: 'contact-added',
      subject: { contact: record.fingerprint },
      detail: {
        certificate: this.#keep(Buffer.from(record.certificate, 'base64')),
        identity: identity.digest,
        algorithm,
        ...(country === undefined ? {} : { country }),
        via,
        warnings: [],
      },
    };
  }

  #identity({ identity }: Pick<Membership, 'identity'>): Digest {
    const opening = this.#from.ledger.opening(identity);
    if (opening === undefined) throw lost('the name of a member is missing');
    this.#openings.push(opening);
    return identity;
  }

  #keep(bytes: Uint8Array): Digest {
    const sha256 = sha256Hex(bytes);
    this.#evidence.set(sha256, { sha256, kind: 'certificate', bytes });
    return sha256;
  }
}

/** What a contact witnessed of the ledger before says nothing about the one that begins. */
function forgetWitnessed(record: ContactRecord): Effect[] {
  if (record.witnessedOurs === undefined) return [];
  const doc = { ...record };
  Reflect.deleteProperty(doc, 'witnessedOurs');
  return [{ put: 'contacts', id: record.fingerprint, doc }];
}

function lost(problem: string): DomainError {
  return new DomainError('database-damaged', { file: 'ledger.db', problem });
}
