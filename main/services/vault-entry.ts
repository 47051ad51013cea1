import { DomainError, isDomainError } from '../domain/errors/index.ts';
import type { LedgerStore } from '../domain/ledger/ledger-store.ts';
import type { Engine } from '../domain/pgp/engine.ts';
import type { Clock } from '../domain/ports.ts';
import type { AnchorStore } from '../domain/vault/anchor-port.ts';
import type { AnchorKeeper } from '../domain/vault/anchors.ts';
import { earlierOrigins } from '../domain/vault/earlier.ts';
import type { Signer, VaultDatabases, VaultStore } from '../domain/vault/databases-port.ts';
import type { VaultFolder, VaultFolders } from '../domain/vault/folder-port.ts';
import {
  encodeHeader,
  headerDigest,
  type Header,
  type Slot,
  type SlotKind,
} from '../domain/vault/header.ts';
import { Keyring } from '../domain/vault/keyring.ts';
import { recordedHeader } from '../domain/vault/membership.ts';
import {
  findBehind,
  findTrouble,
  fitMacs,
  memberOf,
  requireGenesis,
  requireMacs,
} from '../domain/vault/opening-checks.ts';
import { OpenVault } from '../domain/vault/open-vault.ts';
import { ownCertificate } from '../domain/vault/own-keys.ts';
import type { Pause } from '../domain/vault/ports.ts';
import { signerWith } from '../domain/vault/signer.ts';
import {
  readSlot,
  sameKeys,
  wipeKeys,
  type DatabaseKeys,
  type SlotContent,
  type SlotTools,
} from '../domain/vault/slots.ts';

/** What an open vault is made with. */
export interface VaultPorts extends SlotTools {
  readonly folders: VaultFolders;
  readonly store: VaultStore;
  readonly anchors: AnchorStore;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** A slot that was opened, of the header that stands or of one that a change left pending. */
export interface Found {
  readonly header: Header;
  readonly slot: Slot;
  readonly content: SlotContent;
  /** The slot's X25519 secret. */
  readonly x25519: Uint8Array;
}

export interface Headers {
  readonly present: Header;
  readonly pending?: Header;
}

/** Where an entry starts from: the lock is held and the headers are read. */
export interface Step {
  readonly place: VaultFolder;
  readonly headers: Headers;
  readonly keeper: AnchorKeeper;
}

/**
 * From an opened slot to an open vault: the macs, the databases, the header that is in force, what
 * a crash left, the anchors, the member. Whatever fails leaves the databases closed.
 */
export class VaultEntry {
  readonly #ports: VaultPorts;
  readonly #step: Step;

  constructor(ports: VaultPorts, step: Step) {
    this.#ports = ports;
    this.#step = step;
  }

  /**
   * @throws DomainError `header-altered`, `slot-damaged`, `wrong-passphrase`,
   * `wrong-recovery-code`, `vault-unfinished`, `database-*`, `vault-newer`, `vault-busy`
   */
  async enter(found: Found): Promise<OpenVault> {
    const { place, headers, keeper } = this.#step;
    requireMacs(found.header, found.content);
    let keyring = new Keyring(found.header, found.slot.id, found.content, this.#ports);
    let role = found.slot.role;
    const signer = () => signerWith(keyring.current, role, this.#ports);
    const databases = await this.#openDatabases(found, signer);
    try {
      requireGenesis(databases.ledger, found.header.vaultId);
      const inForce = await this.#inForce(found, databases.ledger);
      if (inForce !== undefined) {
        keyring = new Keyring(inForce.header, inForce.slot.id, inForce.content, this.#ports);
      }
      const isDecided = inForce !== undefined;
      if (databases.earlier().length > 0)
        keeper.forget(earlierOrigins(databases, found.content.keys));
      const trouble = findTrouble(databases, isDecided, keeper.anchors.positions);
      const before = found.content.keys;
      const finish = async (): Promise<boolean> => {
        const isFinished = !isDecided || (await finishKeyChange(place, keyring, databases, before));
        if (isFinished) await place.settlePendingHeader(inForce?.header === headers.pending);
        await databases.recover();
        return isFinished;
      };
      const unfinished = trouble === undefined && !(await finish());
      const readOnly = trouble ?? findBehind(databases);
      const member = memberOf(databases.ledger, inForce ?? found, inForce !== undefined);
      role = member.role;
      const { engine, clock } = this.#ports;
      const certificate = await ownCertificate(engine, keyring.current, clock.now());
      const forget = () => {
        if (keyring.keys !== before) wipeContent(found.content);
      };
      if (trouble === undefined) forget();
      const undone = trouble && {
        finish: async () => {
          await finish();
        },
        forget,
      };
      return new OpenVault({
        place,
        keyring,
        databases,
        keeper,
        member,
        certificate,
        readOnly,
        undone,
        unfinished,
      });
    } catch (error) {
      databases.close();
      throw error;
    }
  }

  /**
   * Opens with the keys of the slot that was found. A slot of a pending header alone may hold keys
   * that no database has yet: only somebody with the old keys can say what became of the change.
   */
  async #openDatabases(found: Found, signer: () => Signer): Promise<VaultDatabases> {
    const { place, headers } = this.#step;
    const { vaultId } = found.header;
    const { keys } = found.content;
    try {
      return await this.#ports.store.open({ folder: place.path, vaultId, keys, signer });
    } catch (error) {
      const isUnread = isDomainError(error, 'database-damaged');
      if (isUnread && found.header === headers.pending) throw new DomainError('vault-unfinished');
      throw error;
    }
  }

  /**
   * The header that the ledger's latest entry about one names: the present, or the one that a
   * change left pending. Undefined when it names neither: vault.json is an old copy.
   */
  async #inForce(found: Found, ledger: LedgerStore): Promise<Found | undefined> {
    const { headers } = this.#step;
    const recorded = recordedHeader(ledger);
    const header = inOrder(headers).find((candidate) => headerDigest(candidate) === recorded);
    if (header === undefined) return undefined;
    if (header === found.header) return found;
    const { memberId, kind } = found.slot;
    const slot = header.slots.find(
      (candidate) => candidate.memberId === memberId && candidate.kind === kind,
    );
    // A way in that the decided header does not have is as if it had never opened.
    const undecided = header === headers.present && slot?.wrapped !== found.slot.wrapped;
    if (slot === undefined || undecided) throw wrongSecret(kind);
    const same = slot.wrapped === found.slot.wrapped;
    const content = same
      ? await readSlot(slot, header.vaultId, found.x25519, this.#ports.box)
      : found.content;
    // The old way in of somebody whose key was replaced holds none of the new keys.
    if (!same && !fitMacs(header, content)) throw wrongSecret(kind);
    requireMacs(header, content);
    return { ...found, header, slot, content };
  }
}

/** The present header, and the one that is pending. */
export function inOrder({ present, pending }: Headers): Header[] {
  return pending === undefined ? [present] : [present, pending];
}

/** The refusal of a secret that opens nothing. */
export function wrongSecret(kind: SlotKind): DomainError {
  return new DomainError(kind === 'passphrase' ? 'wrong-passphrase' : 'wrong-recovery-code');
}

/** Overwrites what a slot held with zeros. */
export function wipeContent(content: SlotContent): void {
  wipeKeys(content.keys);
  for (const key of content.own) key.bytes.fill(0);
}

/**
 * A change of the databases' keys that a crash interrupted after its entry: encrypts anew what is
 * still under the keys `before`. False when this member lacks a key for that, as an auditor does,
 * who cannot even see how far it came.
 */
async function finishKeyChange(
  place: VaultFolder,
  keyring: Keyring,
  databases: VaultDatabases,
  before: DatabaseKeys,
): Promise<boolean> {
  if (sameKeys(keyring.keys, before)) return true;
  if (keyring.keys.v.length === 0) return false;
  if (databases.isUnder(keyring.keys)) return true;
  const { header, keys } = await keyring.between(before);
  await place.replaceHeader(encodeHeader(header));
  databases.rekey(keys);
  return true;
}
