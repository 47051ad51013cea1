import { z } from 'zod';
import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import { Country, Role, type Uuid } from '../domain/identifiers.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { KeyProfile } from '../domain/pgp/engine.ts';
import { memberships, openIdentity, type Membership } from '../domain/vault/membership.ts';
import type { Commit } from '../domain/vault/journal.ts';
import { ownKey } from '../domain/vault/own-keys.ts';
import { passphraseBytes, requirePassphrase } from '../domain/vault/passphrase.ts';
import type { Member } from '../domain/vault/session.ts';
import type { Instant } from '../domain/time.ts';
import type { Desk } from './desk.ts';
import { SealedFiles, type SealedFile } from './sealed-files.ts';

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

/** What the ledger and the slots say of a member. */
export interface PresentMember extends Member {
  /** When the member came. */
  readonly since: Instant;
  /** Whoever asks. */
  readonly isYou: boolean;
  /** There is a recovery code beside the passphrase. */
  readonly hasRecovery: boolean;
}

export interface KeyReplacement {
  /** Opens the member's new slot; they should change it. */
  readonly passphrase: string;
  readonly profile?: KeyProfile;
  /** What only the lost key opened may be lost. */
  readonly losing?: boolean;
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
  readonly #sealed: SealedFiles;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#sealed = new SealedFiles(desk);
  }

  /** Everybody who has a slot now, in the order in which they came. */
  list(): PresentMember[] {
    const { member: you, keyring } = this.#desk.session;
    return this.#present().map((member) => ({
      ...this.#describe(member),
      since: member.since,
      isYou: member.id === you.id,
      hasRecovery: keyring.header.slots.some(
        ({ memberId, kind }) => memberId === member.id && kind === 'recovery',
      ),
    }));
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
   * what the member copied before stays open to the old keys. Nobody becomes an auditor whose own
   * key opens a package of this vault.
   * @throws DomainError `member-opens-packages`, `member-unknown`, `member-is-self`, `not-allowed`,
   * `ledger-read-only`
   */
  async setRole(memberId: Uuid, role: Role): Promise<Member> {
    this.#assertMayChange();
    const member = this.#find(memberId);
    const from = member.role;
    if (from === role) return this.#describe(member);
    this.#assertMayLose(member);
    if (role === 'auditor') await this.#assertOpensNothing(member);
    const { session } = this.#desk;
    const { keyring } = session;
    const { fingerprint } = member;
    const commit = (header: string): Commit => ({
      acts: [
        { type: 'member-role', detail: { member: memberId, fingerprint, from, to: role, header } },
      ],
    });
    if (OPENS_CONTENT.includes(from) && !OPENS_CONTENT.includes(role)) {
      await session.changeKeys(await keyring.withLesserRole(memberId, role), commit);
    } else {
      await session.changeHeader(await keyring.withRole(memberId, role), commit);
    }
    return this.#describe(this.#find(memberId));
  }

  /**
   * Sealed files in this vault that no other member's key opens.
   * @throws DomainError `member-unknown`, `not-allowed`
   */
  async opensAlone(memberId: Uuid): Promise<SealedFile[]> {
    this.#desk.assertOfficer();
    const others = this.#present()
      .filter(({ id }) => id !== memberId)
      .flatMap(({ held }) => held);
    return this.#sealed.openedBy(this.#find(memberId).held, others);
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
    await this.#assertMayBeLost(member, losing);
    const { session } = this.#desk;
    const { fingerprint } = member;
    await session.changeKeys(await session.keyring.withoutMember(memberId), (header) => ({
      acts: [{ type: 'member-removed', detail: { member: memberId, fingerprint, header } }],
      keepCheckpoint: true,
    }));
  }

  /**
   * Gives a member who lost their key, or every way in, a new key and a slot that opens with
   * `passphrase`. The old slots go, with the keys in them; the keys of both databases are replaced,
   * since nobody knows who has the old passphrase. Nobody replaces their own: who has a key rotates
   * it, and a vault whose only officer lost theirs is begun anew.
   * @throws DomainError `passphrase-too-short`, `passphrase-in-use`, `member-opens-alone` unless
   * `losing`, `member-unknown`, `member-is-self`, `not-allowed`, `ledger-read-only`
   */
  async replaceKey(
    memberId: Uuid,
    { passphrase, profile = 'interop', losing = false }: KeyReplacement,
  ): Promise<Member> {
    this.#assertMayChange();
    requirePassphrase(passphrase);
    const member = this.#find(memberId);
    this.#assertMayLose(member);
    await this.#assertMayBeLost(member, losing);
    const secret = passphraseBytes(passphrase);
    try {
      return await this.#replaceKey(member, secret, profile);
    } finally {
      secret.fill(0);
    }
  }

  async #replaceKey(member: Membership, secret: Uint8Array, profile: KeyProfile): Promise<Member> {
    const { session, tools } = this.#desk;
    const { keyring } = session;
    if (await keyring.opens(secret)) throw new DomainError('passphrase-in-use');
    const { id, fingerprint: from } = member;
    const { name, email } = this.#describe(member);
    const at = this.#desk.now();
    const key = await tools.engine.makeKey({ name, email, profile, at });
    const entrance = { slotId: this.#desk.newId(), kind: 'passphrase', secret } as const;
    const change = await keyring.withKeyReplaced(id, [ownKey(key, at)], entrance);
    key.secret.bytes.fill(0);
    const { bytes } = key.certificate;
    const certificate = sha256Hex(bytes);
    const detail = { member: id, from, to: key.secret.fingerprint, certificate };
    await session.changeKeys(change, (header) => ({
      acts: [{ type: 'key-replaced', detail: { ...detail, header } }],
      evidence: [{ sha256: certificate, kind: 'certificate', bytes }],
      keepCheckpoint: true,
    }));
    return this.#describe(this.#find(id));
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

  async #assertMayBeLost(member: Membership, losing: boolean): Promise<void> {
    if (losing) return;
    const alone = await this.opensAlone(member.id);
    if (alone.length > 0) throw this.#opens('member-opens-alone', member, alone);
  }

  async #assertOpensNothing(member: Membership): Promise<void> {
    const opened = await this.#sealed.openedBy(member.held);
    if (opened.length > 0) throw this.#opens('member-opens-packages', member, opened);
  }

  #opens(
    code: 'member-opens-alone' | 'member-opens-packages',
    member: Membership,
    opened: readonly SealedFile[],
  ): DomainError {
    return new DomainError(code, {
      name: this.#describe(member).name,
      count: opened.length,
      packages: named(opened.map(({ id }) => id)),
    });
  }

  /** Another officer does it, so that the vault is never without one. */
  #assertMayLose({ id }: Membership): void {
    if (id === this.#desk.session.member.id) throw new DomainError('member-is-self');
  }
}

/** Some of many, for a sentence. */
function named(ids: readonly string[]): string {
  const some = ids.slice(0, 10).join(', ');
  return ids.length > 10 ? `${some}, …` : some;
}
