import { DomainError } from '../domain/errors/index.ts';
import type { Uuid } from '../domain/identifiers.ts';
import { newId } from '../domain/new-id.ts';
import { requireWritable } from '../domain/vault/anchored-journal.ts';
import { parseHeader, type Header } from '../domain/vault/header.ts';
import type { Commit } from '../domain/vault/journal.ts';
import type { NewEntrance } from '../domain/vault/keyring.ts';
import type { OpenVault } from '../domain/vault/open-vault.ts';
import { passphraseBytes, requirePassphrase } from '../domain/vault/passphrase.ts';
import { makeRecoveryCode, recoveryCodeBytes } from '../domain/vault/recovery-code.ts';
import type { Session } from '../domain/vault/session.ts';
import { goOn, type WentOn } from './going-on.ts';
import { VaultDoor } from './vault-door.ts';
import type { VaultPorts } from './vault-entry.ts';
import { VaultMaker, type Created, type CreateRequest } from './vault-maker.ts';

export interface UnlockRequest {
  readonly folder: string;
  readonly passphrase: string;
  readonly memberId?: Uuid | undefined;
  /** How long to wait for another program that holds the vault. */
  readonly waitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RecoveryRequest {
  readonly folder: string;
  readonly code: string;
  readonly newPassphrase: string;
  readonly waitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type LockReason = 'asked' | 'idle' | 'suspend' | 'screen' | 'quit';

/** What can be said of a vault without opening it. */
export interface VaultOutline {
  readonly vaultId: Uuid;
  readonly ways: readonly Pick<Header['slots'][number], 'memberId' | 'kind' | 'role'>[];
}

/** Makes, opens, changes and locks vaults. */
export class VaultService {
  readonly #ports: VaultPorts;
  readonly #door: VaultDoor;
  readonly #maker: VaultMaker;
  readonly #program: string;

  /** `program` is the name and version that entry 0 keeps, such as `valise 0.1.0`. */
  constructor(ports: VaultPorts, program: string) {
    this.#ports = ports;
    this.#door = new VaultDoor(ports);
    this.#maker = new VaultMaker(ports, program);
    this.#program = program;
  }

  /** Makes a vault and opens it. See VaultMaker for the errors. */
  create(request: CreateRequest): Promise<Created> {
    return this.#maker.create(request);
  }

  /** Opens a vault. See VaultDoor for the order of the checks and the errors. */
  async unlock(request: UnlockRequest): Promise<OpenVault> {
    const secret = passphraseBytes(request.passphrase);
    try {
      return await this.#door.open({ ...request, kind: 'passphrase', secret });
    } finally {
      secret.fill(0);
    }
  }

  /**
   * Opens with the recovery code and replaces both it and the passphrase at once. A vault that is
   * behind what is known of it is opened for reading, and its code stays as it is.
   * @throws DomainError `recovery-code-mistyped` before anything is tried, `wrong-recovery-code`,
   * `passphrase-too-short`, `passphrase-in-use`, and those of `unlock`
   */
  async useRecovery(
    request: RecoveryRequest,
  ): Promise<{ session: OpenVault; recoveryCode: string }> {
    requirePassphrase(request.newPassphrase);
    const secret = recoveryCodeBytes(request.code);
    try {
      const session = await this.#door.open({ ...request, kind: 'recovery', secret });
      if (session.readOnly !== undefined) return { session, recoveryCode: request.code };
      try {
        const recoveryCode = makeRecoveryCode(this.#ports.random);
        await this.#replace(session, {
          passphrase: request.newPassphrase,
          recoveryCode,
          commit: (member, header) => ({
            acts: [{ type: 'recovery-used', detail: { member, header } }],
          }),
        });
        return { session, recoveryCode };
      } catch (error) {
        await session.close();
        throw error;
      }
    } finally {
      secret.fill(0);
    }
  }

  /**
   * Replaces the member's passphrase. Old copies of the vault still open with the old one.
   * @throws DomainError `passphrase-too-short`, `passphrase-in-use`, `ledger-read-only`
   */
  async changePassphrase(session: Session, passphrase: string): Promise<void> {
    requirePassphrase(passphrase);
    requireWritable(session.readOnly);
    await this.#replace(session, {
      passphrase,
      commit: (member, header) => ({
        acts: [{ type: 'passphrase-changed', detail: { member, header } }],
      }),
    });
  }

  /**
   * Replaces the member's recovery code; answers the new one, this once.
   * @throws DomainError `not-allowed` for an auditor, `ledger-read-only`
   */
  async renewRecovery(session: Session): Promise<string> {
    requireWritable(session.readOnly);
    const { role } = session.member;
    if (role === 'auditor') throw new DomainError('not-allowed', { role });
    const recoveryCode = makeRecoveryCode(this.#ports.random);
    await this.#replace(session, {
      recoveryCode,
      commit: (member, header) => ({
        acts: [{ type: 'recovery-renewed', detail: { member, header } }],
      }),
    });
    return recoveryCode;
  }

  /**
   * Goes on from a vault that is read-only: an officer says why, and a new ledger begins that
   * continues the one that stands here. Services over the session have to be made anew.
   * @throws DomainError `trouble-none`, `not-allowed`, `input-refused`, `disk-full`
   */
  acknowledge(session: Session, reason: string): Promise<WentOn> {
    return goOn(session, reason, this.#program, this.#ports);
  }

  /** Appends the entry, wipes every key, closes the databases and lets the folder go. */
  async lock(session: Session, reason: LockReason): Promise<void> {
    try {
      if (session.readOnly === undefined) {
        await session.journal.commit({ acts: [{ type: 'locked', detail: { reason } }] });
      }
    } finally {
      await session.close();
    }
  }

  /**
   * What stands in vault.json, for the screen before the passphrase. Takes no lock.
   * @throws DomainError `vault-missing`, `vault-newer`, `header-damaged` and its kin
   */
  async outline(folder: string): Promise<VaultOutline> {
    const { vaultId, slots } = parseHeader(await this.#ports.folders.peek(folder));
    const ways = slots.map(({ memberId, kind, role }) => ({ memberId, kind, role }));
    return { vaultId, ways };
  }

  async #replace(
    session: Session,
    change: {
      readonly passphrase?: string;
      readonly recoveryCode?: string;
      readonly commit: (member: Uuid, header: string) => Commit;
    },
  ): Promise<void> {
    const { keyring, member } = session;
    const entrances = this.#entrances(change, (kind) => slotOf(keyring.header, member.id, kind));
    try {
      for (const { kind, secret } of entrances) {
        if (kind === 'passphrase' && (await keyring.opens(secret))) {
          throw new DomainError('passphrase-in-use');
        }
      }
      const plan = await keyring.withEntrances(member.id, entrances);
      await session.changeHeader(plan, (header) => change.commit(member.id, header));
    } finally {
      for (const { secret } of entrances) secret.fill(0);
    }
  }

  #entrances(
    { passphrase, recoveryCode }: { passphrase?: string; recoveryCode?: string },
    known: (kind: NewEntrance['kind']) => Uuid | undefined,
  ): NewEntrance[] {
    const entrances: NewEntrance[] = [];
    const add = (kind: NewEntrance['kind'], secret: Uint8Array) =>
      entrances.push({ slotId: known(kind) ?? this.#newId(), kind, secret });
    if (passphrase !== undefined) add('passphrase', passphraseBytes(passphrase));
    if (recoveryCode !== undefined) add('recovery', recoveryCodeBytes(recoveryCode));
    return entrances;
  }

  #newId(): Uuid {
    return newId(this.#ports.clock, this.#ports.random);
  }
}

function slotOf(header: Header, memberId: Uuid, kind: NewEntrance['kind']): Uuid | undefined {
  return header.slots.find((slot) => slot.memberId === memberId && slot.kind === kind)?.id;
}
