import { sha256Hex } from '../domain/digest.ts';
import { wkdPlaces } from '../domain/certificates/wkd.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Fingerprint } from '../domain/identifiers.ts';
import { decodeEntry } from '../domain/ledger/entry.ts';
import type { KeyProfile, NewKey, RevocationReason } from '../domain/pgp/engine.ts';
import type { Instant } from '../domain/time.ts';
import { ownCertificate, ownKey, type OwnKey } from '../domain/vault/own-keys.ts';
import { signRotation } from '../domain/vault/rotation.ts';
import type { Desk } from './desk.ts';

export interface OwnKeyFacts {
  readonly fingerprint: Fingerprint;
  readonly state: 'current' | 'retired' | 'revoked';
  readonly profile: KeyProfile;
  readonly algorithm: string;
  /** When it came into this vault. */
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
}

const REASONS: readonly RevocationReason[] = [
  'unspecified',
  'superseded',
  'compromised',
  'retired',
];

/**
 * The member's own keys. The current one signs; retired ones go on opening what was sealed to
 * them. A key gives way to another only by a statement that both sign.
 */
export class Keys {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Own keys, the current one first. */
  async list(): Promise<OwnKeyFacts[]> {
    const revoked = this.#revoked();
    const { engine } = this.#desk.tools;
    return Promise.all(
      this.#own.map(async (key, index) => {
        const { facts } = await ownCertificate(engine, key, this.#desk.now());
        const state = revoked.has(key.fingerprint) ? 'revoked' : 'retired';
        return {
          fingerprint: key.fingerprint,
          state: index === 0 && state === 'retired' ? 'current' : state,
          profile: key.profile,
          algorithm: facts.primary.algorithm,
          createdAt: key.createdAt,
          ...(facts.expiresAt === undefined ? {} : { expiresAt: facts.expiresAt }),
        };
      }),
    );
  }

  /** The current certificate, armored: to give to others. */
  exportCertificate(): string {
    return this.#desk.tools.engine.armor(this.#desk.session.certificate.bytes);
  }

  /**
   * Writes what has to be put on the web server of the own address's domain, into a new folder: the
   * certificate and the policy of a Web Key Directory (draft-koch-openpgp-webkey-service).
   * @returns the address it is to be found at: with `openpgpkey.` first
   * @throws DomainError `file-exists`, `address-malformed`
   */
  async publishTo(folder: string): Promise<{ readonly path: string; readonly address: string }> {
    const { files } = this.#desk.tools;
    const { bytes, facts } = this.#desk.session.certificate;
    const email = facts.userIds.find((user) => user.email !== undefined)?.email ?? '';
    const { fileName, advanced } = wkdPlaces(email);
    if (await files.facts(folder)) throw new DomainError('file-exists', { path: folder });
    const path = files.join(folder, 'hu', fileName);
    await files.makeFolder(files.join(folder, 'hu'));
    await files.write(path, bytes);
    await files.write(files.join(folder, 'policy'), new Uint8Array());
    return { path, address: advanced };
  }

  /** The current key's revocation certificate, armored: to be kept apart from the vault. */
  exportRevocation(): string {
    return this.#current.revocation;
  }

  /**
   * Makes a new key of the same form, or of `profile`, and signs with it from now on.
   * @throws DomainError `not-allowed`, `ledger-read-only`
   */
  async rotate(profile?: KeyProfile): Promise<{ fingerprint: Fingerprint }> {
    this.#assertMayRotate();
    const { name, email } = this.#desk.session.member;
    const form = profile ?? this.#current.profile;
    const at = this.#desk.now();
    return this.#rotateTo(
      await this.#desk.tools.engine.makeKey({ name, email, profile: form, at }),
    );
  }

  /**
   * Takes an existing secret key and signs with it from now on.
   * @throws DomainError `own-key-known`, `not-allowed`, `ledger-read-only`, and the engine's
   * refusals of a key
   */
  async import(
    bytes: Uint8Array,
    passphrase: string | undefined,
  ): Promise<{ fingerprint: Fingerprint }> {
    this.#assertMayRotate();
    const key = await this.#desk.tools.engine.importKey(bytes, passphrase, this.#desk.now());
    const { fingerprint } = key.secret;
    if (this.#own.some((own) => own.fingerprint === fingerprint)) {
      throw new DomainError('own-key-known', { fingerprint });
    }
    return this.#rotateTo(key);
  }

  /**
   * Revokes a key, the current one when none is named; that one first gives way to a new key, so
   * that the ledger never is without one. Answers the revoked certificate, armored.
   * @throws DomainError `reason-unknown`, `own-key-unknown`, `own-key-revoked`, `not-allowed`,
   * `ledger-read-only`
   */
  async revoke(
    reason: string,
    fingerprint: Fingerprint = this.#current.fingerprint,
  ): Promise<{ fingerprint: Fingerprint; certificate: string }> {
    this.#assertMayRotate();
    const code = REASONS.find((known) => known === reason);
    if (code === undefined) throw new DomainError('reason-unknown', { reason });
    const key = this.#own.find((own) => own.fingerprint === fingerprint);
    if (key === undefined) throw new DomainError('own-key-unknown', { fingerprint });
    if (this.#revoked().has(fingerprint)) throw new DomainError('own-key-revoked', { fingerprint });
    if (key === this.#current) await this.rotate();
    const { engine } = this.#desk.tools;
    const { bytes } = await engine.revoke(key, code, this.#desk.now());
    await this.#appendRevoked(fingerprint, bytes, code);
    return { fingerprint, certificate: engine.armor(bytes) };
  }

  async #appendRevoked(
    fingerprint: Fingerprint,
    bytes: Uint8Array,
    reason: RevocationReason,
  ): Promise<void> {
    const { session } = this.#desk;
    const certificate = sha256Hex(bytes);
    const member = session.member.id;
    await this.#desk.commit({
      acts: [{ type: 'key-revoked', detail: { member, fingerprint, certificate, reason } }],
      evidence: [{ sha256: certificate, kind: 'certificate', bytes }],
    });
  }

  async #rotateTo(next: NewKey): Promise<{ fingerprint: Fingerprint }> {
    const { session, tools } = this.#desk;
    const { id: member } = session.member;
    const from = this.#current;
    const at = this.#desk.now();
    const certificate = sha256Hex(next.certificate.bytes);
    const statement = await signRotation(
      { vault: session.vaultId, member, certificate },
      { from, to: next.secret },
      tools.engine,
      at,
    );
    const plan = await session.keyring.withOwn(member, [ownKey(next, at), ...this.#own]);
    const detail = {
      member,
      from: from.fingerprint,
      to: next.secret.fingerprint,
      certificate,
      statement: statement.sha256,
    };
    await session.changeHeader(
      plan,
      (header) => ({
        acts: [{ type: 'key-rotated', detail: { ...detail, header } }],
        evidence: [
          { sha256: certificate, kind: 'certificate', bytes: next.certificate.bytes },
          statement,
        ],
        keepCheckpoint: true,
      }),
      next.certificate,
    );
    return { fingerprint: next.secret.fingerprint };
  }

  get #own(): readonly OwnKey[] {
    return this.#desk.session.keyring.own;
  }

  get #current(): OwnKey {
    return this.#desk.session.keyring.current;
  }

  #revoked(): Set<Fingerprint> {
    const rows = this.#desk.session.ledger.query({ types: ['key-revoked'] });
    const entries = rows.map((row) => decodeEntry(row.bytes, row.seq));
    return new Set(
      entries.flatMap((entry) => (entry.type === 'key-revoked' ? [entry.detail.fingerprint] : [])),
    );
  }

  #assertMayRotate(): void {
    this.#desk.assertWritable();
    const { role } = this.#desk.session.member;
    if (role === 'auditor') throw new DomainError('not-allowed', { role });
  }
}
