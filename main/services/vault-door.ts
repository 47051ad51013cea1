import { DomainError, isDomainError } from '../domain/errors/index.ts';
import { AnchorKeeper } from '../domain/vault/anchors.ts';
import { oneMore, waitBefore, type Attempts } from '../domain/vault/attempts.ts';
import type { VaultFolder } from '../domain/vault/folder-port.ts';
import { headerDigest, parseHeader, type Slot, type SlotKind } from '../domain/vault/header.ts';
import type { Act } from '../domain/vault/journal.ts';
import type { OpenVault } from '../domain/vault/open-vault.ts';
import { areRecorded } from '../domain/vault/opening-checks.ts';
import { readSlot, unwrapSlot } from '../domain/vault/slots.ts';
import {
  inOrder,
  VaultEntry,
  wipeContent,
  wrongSecret,
  type Found,
  type Headers,
  type VaultPorts,
} from './vault-entry.ts';

export interface OpenRequest {
  readonly folder: string;
  readonly kind: SlotKind;
  /** Bytes of the passphrase or the recovery code; the caller wipes them. */
  readonly secret: Uint8Array;
  readonly memberId?: string | undefined;
  readonly waitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The way into a vault, in this order: the lock, the header, the pause after failures, a slot,
 * the macs, the databases, what a crash left, the header's place in the ledger, the anchors, and
 * at last the entry. Whatever fails leaves the vault as it was, and no key in memory.
 */
export class VaultDoor {
  readonly #ports: VaultPorts;

  constructor(ports: VaultPorts) {
    this.#ports = ports;
  }

  /**
   * @throws DomainError `vault-missing`, `vault-busy`, `header-*`, `vault-newer`,
   * `member-unknown`, `wrong-passphrase`, `wrong-recovery-code`, `slot-changed`, `slot-damaged`,
   * `database-*`, `not-writable`, `disk-full`
   */
  async open(request: OpenRequest): Promise<OpenVault> {
    const { folder, waitSeconds: seconds = 0, signal } = request;
    const place = await this.#ports.folders.take(folder, { seconds, signal });
    try {
      return await this.#openHeld(place, request);
    } catch (error) {
      await place.release();
      throw error;
    }
  }

  async #openHeld(place: VaultFolder, request: OpenRequest): Promise<OpenVault> {
    const { anchors, clock } = this.#ports;
    const headers = await readHeaders(place);
    const keeper = await AnchorKeeper.load(anchors, headers.present.vaultId, clock);
    const attempts = await place.attempts();
    await this.#slowDown(waitBefore(attempts, clock.now()), request.signal);
    try {
      const vault = await this.#enter(place, headers, request, keeper);
      try {
        await this.#record(vault, place, request.kind, attempts);
        return vault;
      } catch (error) {
        await vault.close();
        throw error;
      }
    } catch (error) {
      if (isWrongSecret(error)) await place.setAttempts(oneMore(attempts, clock.now()));
      throw error;
    }
  }

  async #enter(
    place: VaultFolder,
    headers: Headers,
    request: OpenRequest,
    keeper: AnchorKeeper,
  ): Promise<OpenVault> {
    const found = await this.#findSlot(headers, request, keeper);
    if (found === undefined) throw refusal(headers, request.kind, keeper);
    try {
      return await new VaultEntry(this.#ports, { place, headers, keeper }).enter(found);
    } catch (error) {
      wipeContent(found.content);
      throw error;
    } finally {
      found.x25519.fill(0);
    }
  }

  async #slowDown(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    if (milliseconds === 0) return;
    try {
      await this.#ports.pause(milliseconds, signal);
    } catch (error) {
      throw signal?.aborted === true ? new DomainError('cancelled') : error;
    }
  }

  async #findSlot(
    headers: Headers,
    request: OpenRequest,
    keeper: AnchorKeeper,
  ): Promise<Found | undefined> {
    const { kind, secret, memberId } = request;
    const { kdf, box } = this.#ports;
    const tried = new Set<string>();
    for (const header of inOrder(headers)) {
      const slots = header.slots.filter(
        (slot) => slot.kind === kind && (memberId === undefined || slot.memberId === memberId),
      );
      if (memberId !== undefined && slots.length === 0) {
        throw new DomainError('member-unknown', { member: memberId });
      }
      for (const slot of lastUsedFirst(slots, keeper.anchors.slot)) {
        if (tried.has(slot.wrapped)) continue;
        tried.add(slot.wrapped);
        const x25519 = await unwrapSlot(slot, header.vaultId, secret, kdf);
        if (x25519 === undefined) continue;
        const content = await readSlot(slot, header.vaultId, x25519, box);
        return { header, slot, content, x25519 };
      }
    }
    return undefined;
  }

  /** Appends what has to stand in the ledger before anything is shown, and leaves an anchor. */
  async #record(
    vault: OpenVault,
    place: VaultFolder,
    via: SlotKind,
    attempts: Attempts | undefined,
  ): Promise<void> {
    if (vault.readOnly !== undefined) return;
    const acts: Act[] = [{ type: 'unlocked', detail: { via } }];
    if (attempts !== undefined && !areRecorded(vault.ledger, attempts)) {
      const { count, first, last } = attempts;
      acts.unshift({ type: 'unlock-failed', detail: { count, first, last } });
    }
    await vault.journal.commit({ acts });
    if (attempts !== undefined) await place.setAttempts(undefined);
    const { slotId: slot, digest: header } = vault.keyring;
    await vault.keeper.keep(vault.ledger, { slot, header });
  }
}

async function readHeaders(place: VaultFolder): Promise<Headers> {
  const present = parseHeader(await place.header());
  const bytes = await place.pendingHeader();
  if (bytes === undefined) return { present };
  try {
    const pending = parseHeader(bytes);
    return pending.vaultId === present.vaultId ? { present, pending } : { present };
  } catch (error) {
    // Cut off while it was written: no entry can name it, so it never counted.
    if (error instanceof DomainError) return { present };
    throw error;
  }
}

function lastUsedFirst(slots: readonly Slot[], last: string | undefined): Slot[] {
  return [...slots].sort((a, b) => Number(b.id === last) - Number(a.id === last));
}

function refusal(headers: Headers, kind: SlotKind, keeper: AnchorKeeper): DomainError {
  const { header } = keeper.anchors;
  const asLastSeen =
    header === undefined || inOrder(headers).some((known) => headerDigest(known) === header);
  if (!asLastSeen) return new DomainError('slot-changed');
  return wrongSecret(kind);
}

/** What counts as a failed try. */
function isWrongSecret(error: unknown): boolean {
  const codes = ['wrong-passphrase', 'wrong-recovery-code', 'slot-changed'] as const;
  return codes.some((code) => isDomainError(error, code));
}
