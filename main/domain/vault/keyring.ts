import { DomainError } from '../errors/index.ts';
import type { Role, Uuid } from '../identifiers.ts';
import {
  HEADER_FORMAT,
  headerDigest,
  headerMac,
  MAX_SLOTS,
  type Header,
  type HeaderBody,
  type Slot,
  type SlotKind,
} from './header.ts';
import type { OwnKey } from './own-keys.ts';
import {
  makeSlot,
  resealKeys,
  resealOwn,
  unwrapSlot,
  wipeKeys,
  type DatabaseKeys,
  type SlotContent,
  type SlotTools,
} from './slots.ts';

/** A header as it will be, and what the keyring holds once it stands. */
export interface HeaderPlan {
  readonly header: Header;
  readonly own?: readonly OwnKey[];
  readonly keys?: DatabaseKeys;
}

/**
 * What it takes to replace the keys of the databases: `between` opens with old and new ones while
 * the databases are encrypted anew, `after` with the new ones only. The ledger names `after`.
 */
export interface KeyChange {
  readonly between: HeaderPlan & { readonly keys: DatabaseKeys };
  readonly after: HeaderPlan & { readonly keys: DatabaseKeys };
}

/** A new way in for a member: a passphrase's or a recovery code's bytes. */
export interface NewEntrance {
  readonly slotId: Uuid;
  readonly kind: SlotKind;
  readonly secret: Uint8Array;
}

/**
 * The slots of an open vault, and the only holder of its database keys and of this member's own
 * keys. It plans the next header; whoever commits the plan tells it by `adopt`. `wipe` overwrites
 * every key that it holds.
 */
export class Keyring {
  readonly #tools: SlotTools;
  readonly #slotId: Uuid;
  #header: Header;
  #keys: DatabaseKeys;
  #own: readonly OwnKey[];

  constructor(header: Header, slotId: Uuid, content: SlotContent, tools: SlotTools) {
    this.#header = header;
    this.#slotId = slotId;
    this.#keys = content.keys;
    this.#own = content.own;
    this.#tools = tools;
  }

  get header(): Header {
    return this.#header;
  }

  /** The slot that the vault was opened with. */
  get slotId(): Uuid {
    return this.#slotId;
  }

  get digest(): string {
    return headerDigest(this.#header);
  }

  /** Own keys, the current one first. */
  get own(): readonly OwnKey[] {
    return this.#own;
  }

  /** The key that this member signs with now. */
  get current(): OwnKey {
    const [current] = this.#own;
    if (current === undefined) throw new TypeError('a member has a key');
    return current;
  }

  /** The databases' keys, for the store that opens them. */
  get keys(): DatabaseKeys {
    return this.#keys;
  }

  /** Whether these bytes open any slot: a passphrase that does is no new passphrase. */
  async opens(secret: Uint8Array): Promise<boolean> {
    for (const slot of this.#header.slots) {
      const opened = await unwrapSlot(slot, this.#header.vaultId, secret, this.#tools.kdf);
      if (opened === undefined) continue;
      opened.fill(0);
      return true;
    }
    return false;
  }

  /**
   * The header in which a member's slots of those kinds are replaced by new ones.
   * @throws DomainError `vault-full`
   */
  async withEntrances(memberId: Uuid, entrances: readonly NewEntrance[]): Promise<HeaderPlan> {
    const role = this.#roleOf(memberId);
    const made = await this.#make(memberId, role, entrances, this.#own);
    const replaced = new Set(entrances.map(({ kind }) => kind));
    const kept = this.#header.slots.filter(
      (slot) => slot.memberId !== memberId || !replaced.has(slot.kind),
    );
    requireRoom(kept.length + made.length);
    return { header: this.#seal([...kept, ...made]) };
  }

  /** The header with a new member, whose own keys are `own`. @throws DomainError `vault-full` */
  async withMember(
    memberId: Uuid,
    role: Role,
    own: readonly OwnKey[],
    entrances: readonly NewEntrance[],
  ): Promise<HeaderPlan> {
    requireRoom(this.#header.slots.length + entrances.length);
    const made = await this.#make(memberId, role, entrances, own);
    return { header: this.#seal([...this.#header.slots, ...made]) };
  }

  /** The header in which a member has another role, and the database keys that go with it. */
  async withRole(memberId: Uuid, role: Role): Promise<HeaderPlan> {
    const slots = this.#slotsWithRole(memberId, role);
    return { header: this.#seal(await this.#renew(slots, this.#keys)) };
  }

  /** The header with the slots of these members alone, each with the role that is given. */
  async withMembers(roles: ReadonlyMap<Uuid, Role>): Promise<HeaderPlan> {
    const kept = this.#header.slots.flatMap((slot) => {
      const role = roles.get(slot.memberId);
      return role === undefined ? [] : [{ ...slot, role }];
    });
    const { slots } = this.#header;
    const isSame =
      kept.length === slots.length && kept.every(({ role }, at) => role === slots[at]?.role);
    if (isSame) return { header: this.#header };
    return { header: this.#seal(await this.#renew(kept, this.#keys)) };
  }

  /** The header in which every slot of this member holds these own keys. */
  async withOwn(memberId: Uuid, own: readonly OwnKey[]): Promise<HeaderPlan> {
    const { vaultId } = this.#header;
    const slots = await Promise.all(
      this.#header.slots.map(async (slot) =>
        slot.memberId === memberId ? resealOwn(slot, vaultId, own, this.#tools.box) : slot,
      ),
    );
    return { header: this.#seal(slots), own };
  }

  /** The headers of a removal: the database keys that the member knows are replaced. */
  withoutMember(memberId: Uuid): Promise<KeyChange> {
    return this.#changeKeys(this.#header.slots.filter((slot) => slot.memberId !== memberId));
  }

  /** The headers of a role that may have less: the database keys are replaced as well. */
  withLesserRole(memberId: Uuid, role: Role): Promise<KeyChange> {
    return this.#changeKeys(this.#slotsWithRole(memberId, role));
  }

  /**
   * The headers of a lost key: the member gets one new way in and the key `own`. What the old slots
   * held is gone, and the database keys that they open are replaced.
   */
  async withKeyReplaced(
    memberId: Uuid,
    own: readonly OwnKey[],
    entrance: NewEntrance,
  ): Promise<KeyChange> {
    const made = await this.#make(memberId, this.#roleOf(memberId), [entrance], own);
    const others = this.#header.slots.filter((slot) => slot.memberId !== memberId);
    return this.#changeKeys([...others, ...made]);
  }

  /** The header between, when only the one after is left: `before` are the databases' keys. */
  async between(before: DatabaseKeys): Promise<KeyChange['between']> {
    return this.#between(this.#header.slots, this.#keys, before);
  }

  /** The plan stands on disk and in the ledger. */
  adopt(plan: HeaderPlan): void {
    this.#header = plan.header;
    if (plan.own !== undefined) this.#own = plan.own;
    if (plan.keys === undefined) return;
    wipeKeys(this.#keys);
    this.#keys = plan.keys;
  }

  /** Overwrites the database keys and the own secret keys with zeros. */
  wipe(): void {
    wipeKeys(this.#keys);
    for (const key of this.#own) key.bytes.fill(0);
  }

  async #make(
    memberId: Uuid,
    role: Role,
    entrances: readonly NewEntrance[],
    own: readonly OwnKey[],
  ): Promise<Slot[]> {
    const { vaultId } = this.#header;
    const cost = await this.#tools.kdf.calibrate();
    const made: Slot[] = [];
    for (const { slotId: id, kind, secret } of entrances) {
      const slot = { vaultId, id, memberId, kind, role, secret, cost, keys: this.#keys, own };
      made.push(await makeSlot(slot, this.#tools));
    }
    return made;
  }

  async #changeKeys(slots: readonly Slot[]): Promise<KeyChange> {
    const { random } = this.#tools;
    const keys = { v: [random.bytes(32)], l: [random.bytes(32)] };
    const renewed = await this.#renew(slots, keys);
    return {
      between: await this.#between(slots, keys, this.#keys),
      after: { header: this.#seal(renewed, keys), keys },
    };
  }

  async #between(
    slots: readonly Slot[],
    { v, l }: DatabaseKeys,
    before: DatabaseKeys,
  ): Promise<KeyChange['between']> {
    const keys = { v: [...v, ...before.v], l: [...l, ...before.l] };
    return { header: this.#seal(await this.#renew(slots, keys), keys), keys };
  }

  #slotsWithRole(memberId: Uuid, role: Role): Slot[] {
    return this.#header.slots.map((slot) =>
      slot.memberId === memberId ? { ...slot, role } : slot,
    );
  }

  #renew(slots: readonly Slot[], keys: DatabaseKeys): Promise<Slot[]> {
    const { vaultId } = this.#header;
    return Promise.all(slots.map((slot) => resealKeys(slot, vaultId, keys, this.#tools.box)));
  }

  #seal(slots: readonly Slot[], keys: DatabaseKeys = this.#keys): Header {
    return sealHeader(this.#header.vaultId, slots, keys, this.#header.macs.v);
  }

  #roleOf(memberId: Uuid): Role {
    const slot = this.#header.slots.find((candidate) => candidate.memberId === memberId);
    if (slot === undefined) throw new DomainError('member-unknown', { member: memberId });
    return slot.role;
  }
}

/** @throws DomainError `vault-full`: a reader takes no more slots */
function requireRoom(slots: number): void {
  if (slots > MAX_SLOTS) throw new DomainError('vault-full');
}

/** A header with its macs; without the key of `macs.v` (an auditor), the one before is kept. */
export function sealHeader(
  vaultId: Uuid,
  slots: readonly Slot[],
  keys: DatabaseKeys,
  macBefore: string,
): Header {
  const body: HeaderBody = { format: HEADER_FORMAT, vaultId, slots: [...slots] };
  const [v] = keys.v;
  const [l] = keys.l;
  if (l === undefined) throw new TypeError('a header needs the key of ledger.db');
  return {
    ...body,
    macs: {
      l: headerMac(body, 'l', l),
      v: v === undefined ? macBefore : headerMac(body, 'v', v),
    },
  };
}
