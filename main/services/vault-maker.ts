import { z } from 'zod';
import { sha256Hex } from '../domain/digest.ts';
import { Country, type Fingerprint, type Uuid } from '../domain/identifiers.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import { makeOpening } from '../domain/ledger/opening.ts';
import { newId } from '../domain/new-id.ts';
import type { KeyProfile, NewKey } from '../domain/pgp/engine.ts';
import { AnchorKeeper } from '../domain/vault/anchors.ts';
import type { DatabasePlace } from '../domain/vault/databases-port.ts';
import type { NewVaultFolder, VaultFolder } from '../domain/vault/folder-port.ts';
import { encodeHeader, headerDigest, type Header } from '../domain/vault/header.ts';
import type { Commit } from '../domain/vault/journal.ts';
import { Keyring, sealHeader } from '../domain/vault/keyring.ts';
import { OpenVault } from '../domain/vault/open-vault.ts';
import { ownKey } from '../domain/vault/own-keys.ts';
import { passphraseBytes, requirePassphrase } from '../domain/vault/passphrase.ts';
import { makeRecoveryCode, recoveryCodeBytes } from '../domain/vault/recovery-code.ts';
import type { Member } from '../domain/vault/session.ts';
import { signerWith } from '../domain/vault/signer.ts';
import { makeSlot, type SlotContent } from '../domain/vault/slots.ts';
import type { VaultPorts } from './vault-entry.ts';

export interface CreateRequest {
  readonly folder: string;
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly passphrase: string;
  readonly profile: KeyProfile;
  /** An existing secret key instead of a new one. */
  readonly importKey?: { readonly bytes: Uint8Array; readonly passphrase?: string };
}

export interface Created {
  readonly session: OpenVault;
  readonly fingerprint: Fingerprint;
  /** Told this once; only the slot's key derived from it is kept. */
  readonly recoveryCode: string;
}

const IdentityInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  organisation: z.string().trim().min(1).max(200),
  country: Country,
});

/** What a vault is before its folder has a name. */
interface Draft {
  readonly folder: NewVaultFolder;
  readonly member: Member;
  readonly key: NewKey;
  readonly keyring: Keyring;
}

/**
 * Makes a vault with its first officer, key and entry 0, in a folder beside its place, and gives
 * it its name when it is whole: a crash leaves either nothing there or a vault.
 */
export class VaultMaker {
  readonly #ports: VaultPorts;
  readonly #program: string;

  /** `program` is the name and version that entry 0 keeps, at most 32 characters. */
  constructor(ports: VaultPorts, program: string) {
    this.#ports = ports;
    this.#program = program;
  }

  /**
   * @throws DomainError `vault-exists`, `vault-busy`, `passphrase-too-short`, `input-refused`,
   * `not-writable`, `disk-full`
   */
  async create(request: CreateRequest): Promise<Created> {
    requirePassphrase(request.passphrase);
    const { name, email, organisation, country } = request;
    const identity = parseInput(
      IdentityInput,
      { name, email, organisation, country },
      'the officer',
    );
    const folder = await this.#ports.folders.start(request.folder);
    const recoveryCode = makeRecoveryCode(this.#ports.random);
    let draft: Draft | undefined;
    try {
      const key = await this.#firstKey(request);
      const { fingerprint } = key.secret;
      const member: Member = { ...identity, id: this.#newId(), role: 'officer', fingerprint };
      const keyring = await this.#firstKeyring(member.id, key, request.passphrase, recoveryCode);
      draft = { folder, member, key, keyring };
      await this.#fill(draft);
      const session = await this.#enter(await folder.publish(), draft);
      return { session, fingerprint, recoveryCode };
    } catch (error) {
      draft?.keyring.wipe();
      // Nobody was told its recovery code yet, so a vault that cannot be entered is no loss.
      await folder.discard();
      throw error;
    }
  }

  #firstKey({ importKey, name, email, profile }: CreateRequest): Promise<NewKey> {
    const { engine, clock } = this.#ports;
    const at = clock.now();
    if (importKey !== undefined) {
      return engine.importKey(importKey.bytes, importKey.passphrase, at);
    }
    return engine.makeKey({ name, email, profile, at });
  }

  async #firstKeyring(
    memberId: Uuid,
    key: NewKey,
    passphrase: string,
    recoveryCode: string,
  ): Promise<Keyring> {
    const { kdf, random, clock } = this.#ports;
    const vaultId = this.#newId();
    const content: SlotContent = {
      keys: { v: [random.bytes(32)], l: [random.bytes(32)] },
      own: [ownKey(key, clock.now())],
    };
    const cost = await kdf.calibrate();
    const make = async (kind: 'passphrase' | 'recovery', secret: Uint8Array) => {
      const id = this.#newId();
      const slot = { vaultId, id, memberId, kind, role: 'officer' as const, secret, cost };
      const made = await makeSlot({ ...slot, ...content }, this.#ports);
      secret.fill(0);
      return made;
    };
    const first = await make('passphrase', passphraseBytes(passphrase));
    const second = await make('recovery', recoveryCodeBytes(recoveryCode));
    const header = sealHeader(vaultId, [first, second], content.keys, '');
    return new Keyring(header, first.id, content, this.#ports);
  }

  async #fill(draft: Draft): Promise<void> {
    const { folder, keyring, member, key } = draft;
    await folder.writePendingHeader(encodeHeader(keyring.header));
    await folder.settlePendingHeader(true);
    const databases = await this.#ports.store.create(this.#databasePlace(folder, draft));
    try {
      await databases.journal.commit(this.#genesis(keyring.header, member, key));
    } finally {
      databases.close();
    }
  }

  async #enter(place: VaultFolder, draft: Draft): Promise<OpenVault> {
    const { store, anchors, clock } = this.#ports;
    const { keyring, member, key } = draft;
    const keeper = await AnchorKeeper.load(anchors, keyring.header.vaultId, clock);
    const databases = await store.open(this.#databasePlace(place, draft));
    const { slotId: slot, digest: header } = keyring;
    await keeper.keep(databases.ledger, { slot, header });
    const { certificate } = key;
    return new OpenVault({ place, keyring, databases, keeper, member, certificate });
  }

  #genesis(header: Header, member: Member, key: NewKey): Commit {
    const { name, email, organisation, country, id, fingerprint } = member;
    const text = new TextDecoder().decode(encodeCanonical({ name, email, organisation, country }));
    const opening = makeOpening(text, this.#ports.random);
    const certificate = sha256Hex(key.certificate.bytes);
    return {
      acts: [
        {
          type: 'genesis',
          detail: {
            vault: header.vaultId,
            member: id,
            fingerprint,
            role: 'officer',
            certificate,
            profile: key.certificate.facts.version === 6 ? 'rfc9580' : 'interop',
            country,
            identity: opening.digest,
            header: headerDigest(header),
            program: this.#program,
          },
        },
      ],
      openings: [opening],
      evidence: [{ sha256: certificate, kind: 'certificate', bytes: key.certificate.bytes }],
    };
  }

  #databasePlace({ path }: VaultFolder, { keyring, member }: Draft): DatabasePlace {
    const { header, keys } = keyring;
    const signer = () => signerWith(keyring.current, member.role, this.#ports);
    return { folder: path, vaultId: header.vaultId, keys, signer };
  }

  #newId(): Uuid {
    return newId(this.#ports.clock, this.#ports.random);
  }
}
