import { z } from 'zod';
import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import { Country, Role, type Fingerprint, type Uuid } from '../domain/identifiers.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { KeyProfile } from '../domain/pgp/engine.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import { memberships, openIdentity, type Membership } from '../domain/vault/membership.ts';
import { ownKey } from '../domain/vault/own-keys.ts';
import { passphraseBytes, requirePassphrase } from '../domain/vault/passphrase.ts';
import type { Member } from '../domain/vault/session.ts';
import type { Desk } from './desk.ts';

export interface NewMember {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** The officer's own organisation and country unless said otherwise. */
  readonly organisation?: string;
  readonly country?: string;
  readonly passphrase: string;
  readonly profile?: KeyProfile;
}

const MemberInput = z.strictObject({
  role: Role,
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  organisation: z.string().trim().min(1).max(200),
  country: Country,
});

/** How much a role may: a change to less replaces the keys of the databases. */
const OPENS_CONTENT: readonly Role[] = ['officer', 'approver'];

/** The people with a slot in this vault. Only officers change who they are and what they may. */
export class Members {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Everybody who has a slot now, in the order in which they came. */
  list(): Member[] {
    return this.#present().map((member) => this.#describe(member));
  }

  /**
   * Gives somebody a key and a slot that opens with `passphrase`, which they should change.
   * @throws DomainError `not-allowed`, `passphrase-too-short`, `passphrase-in-use`, `vault-full`,
   * `input-refused`, `ledger-read-only`
   */
  async add(request: NewMember): Promise<Member> {
    this.#assertMayChange();
    requirePassphrase(request.passphrase);
    const { organisation, country } = this.#desk.session.member;
    const { role, name, email } = request;
    const input = parseInput(
      MemberInput,
      {
        role,
        name,
        email,
        organisation: request.organisation ?? organisation,
        country: request.country ?? country,
      },
      'the member',
    );
    const secret = passphraseBytes(request.passphrase);
    try {
      return await this.#add(input, secret, request.profile ?? 'interop');
    } finally {
      secret.fill(0);
    }
  }

  /**
   * Gives a member another role. A role that opens no content replaces the keys of both databases;
   * what the member copied before stays open to the old keys.
   * @throws DomainError `member-unknown`, `member-is-self`, `not-allowed`, `ledger-read-only`
   */
  async setRole(memberId: Uuid, role: Role): Promise<Member> {
    this.#assertMayChange();
    const member = this.#find(memberId);
    const from = member.role;
    if (from === role) return this.#describe(member);
    this.#assertMayLose(member);
    const { keyring } = this.#desk.session;
    const { fingerprint } = member;
    const commit = (header: string) => ({
      acts: [
        {
          type: 'member-role' as const,
          detail: { member: memberId, fingerprint, from, to: role, header },
        },
      ],
    });
    const { session } = this.#desk;
    if (OPENS_CONTENT.includes(from) && !OPENS_CONTENT.includes(role)) {
      await session.changeKeys(await keyring.withLesserRole(memberId, role), commit);
    } else {
      await session.changeHeader(await keyring.withRole(memberId, role), commit);
    }
    return this.#describe(this.#find(memberId));
  }

  /** Sealed packages in this vault that no other member's key opens. */
  opensAlone(memberId: Uuid): PackageRecord[] {
    const keys = new Set(this.#find(memberId).keys);
    const others = new Set(
      this.#present()
        .filter(({ id }) => id !== memberId)
        .flatMap((member) => member.keys),
    );
    return this.#desk.session.records.list('packages').filter((record) => {
      if (record.sealed?.kept !== true) return false;
      const holders = holdersOf(record);
      return holders.some((key) => keys.has(key)) && !holders.some((key) => others.has(key));
    });
  }

  /**
   * Takes a member's slots away and replaces the keys of both databases. Old copies of the vault
   * still open with the old passphrase. `losing` is the answer to what would be lost.
   * @throws DomainError `member-opens-alone` unless `losing`, `member-unknown`, `member-is-self`,
   * `not-allowed`, `ledger-read-only`
   */
  async remove(memberId: Uuid, { losing = false } = {}): Promise<void> {
    this.#assertMayChange();
    const member = this.#find(memberId);
    this.#assertMayLose(member);
    const alone = this.opensAlone(memberId);
    if (alone.length > 0 && !losing) {
      throw new DomainError('member-opens-alone', {
        name: this.#describe(member).name,
        count: alone.length,
        packages: alone.map(({ id }) => id).join(', '),
      });
    }
    const { session } = this.#desk;
    const { fingerprint } = member;
    await session.changeKeys(await session.keyring.withoutMember(memberId), (header) => ({
      acts: [{ type: 'member-removed', detail: { member: memberId, fingerprint, header } }],
      keepCheckpoint: true,
    }));
  }

  async #add(
    { role, ...identity }: z.output<typeof MemberInput>,
    secret: Uint8Array,
    profile: KeyProfile,
  ): Promise<Member> {
    const { session, tools } = this.#desk;
    const { keyring } = session;
    if (await keyring.opens(secret)) throw new DomainError('passphrase-in-use');
    const at = this.#desk.now();
    const { name, email } = identity;
    const key = await tools.engine.makeKey({ name, email, profile, at });
    const memberId = this.#desk.newId();
    const plan = await keyring.withMember(
      memberId,
      role,
      [ownKey(key, at)],
      [{ slotId: this.#desk.newId(), kind: 'passphrase', secret }],
    );
    key.secret.bytes.fill(0);
    const opening = this.#desk.opening(new TextDecoder().decode(encodeCanonical(identity)));
    const { bytes } = key.certificate;
    const certificate = sha256Hex(bytes);
    const { fingerprint } = key.secret;
    const detail = { member: memberId, fingerprint, role, certificate, identity: opening.digest };
    await session.changeHeader(plan, (header) => ({
      acts: [{ type: 'member-added', detail: { ...detail, header } }],
      openings: [opening],
      evidence: [{ sha256: certificate, kind: 'certificate', bytes }],
    }));
    return { ...identity, id: memberId, role, fingerprint };
  }

  #present(): Membership[] {
    const all = [...memberships(this.#desk.session.ledger).values()];
    return all.filter((member) => !member.removed);
  }

  #find(memberId: Uuid): Membership {
    const member = this.#present().find(({ id }) => id === memberId);
    if (member === undefined) throw new DomainError('member-unknown', { member: memberId });
    return member;
  }

  #describe({ id, role, fingerprint, identity }: Membership): Member {
    const known = openIdentity(this.#desk.session.ledger, identity);
    const unknown = { name: '', email: '', organisation: '', country: '' };
    return { ...(known ?? unknown), id, role, fingerprint };
  }

  #assertMayChange(): void {
    this.#desk.assertWritable();
    this.#desk.assertOfficer();
  }

  /** Another officer does it, so that the vault is never without one. */
  #assertMayLose({ id }: Membership): void {
    if (id === this.#desk.session.member.id) throw new DomainError('member-is-self');
  }
}

/** Whose keys a sealed package is for, as its manifest says: the recipients and the sender. */
function holdersOf(record: PackageRecord): Fingerprint[] {
  if (record.manifest === undefined) return [];
  const manifest = JSON.parse(Buffer.from(record.manifest, 'base64').toString('utf8')) as {
    readonly sender: { readonly fingerprint: Fingerprint };
    readonly recipients: readonly { readonly fingerprint: Fingerprint }[];
  };
  return [manifest.sender, ...manifest.recipients].map(({ fingerprint }) => fingerprint);
}
