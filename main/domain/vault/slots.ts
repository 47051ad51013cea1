import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import type { Role, Uuid } from '../identifiers.ts';
import { encodeCanonical } from '../json/canonical.ts';
import type { Random } from '../ports.ts';
import {
  HEADER_FORMAT,
  MAX_OWN_BYTES,
  type Argon2Cost,
  type Slot,
  type SlotKind,
} from './header.ts';
import { decodeOwnKeys, encodeOwnKeys, type OwnKey } from './own-keys.ts';
import type { PassphraseKdf, SealedBox } from './ports.ts';

/**
 * A slot has two layers. The passphrase or the recovery code opens `wrapped`: the slot's own
 * X25519 secret. What that opens, `dek` and `own`, is sealed to `pub`, so that an officer can
 * renew `dek` for everybody without anybody's passphrase, and nobody else can read `own`.
 */

/** The keys of the databases, the current one first; two of one kind only while it changes. */
export interface DatabaseKeys {
  /** Empty in an auditor's slot. */
  readonly v: readonly Uint8Array[];
  readonly l: readonly Uint8Array[];
}

export interface SlotTools {
  readonly kdf: PassphraseKdf;
  readonly box: SealedBox;
  readonly random: Random;
}

export interface SlotContent {
  readonly keys: DatabaseKeys;
  readonly own: readonly OwnKey[];
}

export interface NewSlot extends SlotContent {
  readonly vaultId: Uuid;
  readonly id: Uuid;
  readonly memberId: Uuid;
  readonly kind: SlotKind;
  readonly role: Role;
  /** Bytes of the passphrase or the recovery code. */
  readonly secret: Uint8Array;
  readonly cost: Argon2Cost;
}

const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** A slot that opens with `secret`. An auditor's slot gets no key of vault.db, whatever is given. */
export async function makeSlot(slot: NewSlot, tools: SlotTools): Promise<Slot> {
  const { vaultId, id, memberId, kind, role } = slot;
  const pair = await tools.box.keyPair();
  const salt = tools.random.bytes(16);
  const argon2id = { ...slot.cost, salt: text(salt) };
  const nonce = tools.random.bytes(12);
  const outer = { id, memberId, kind, argon2id, pub: text(pair.pub) };
  const kek = await tools.kdf.derive(slot.secret, salt, slot.cost);
  const wrapped = wrap(pair.secret, kek, nonce, associatedData(outer, vaultId));
  kek.fill(0);
  pair.secret.fill(0);
  const empty: Slot = { ...outer, role, nonce: text(nonce), wrapped, dek: '', own: '' };
  const withKeys = await resealKeys(empty, vaultId, slot.keys, tools.box);
  return resealOwn(withKeys, vaultId, slot.own, tools.box);
}

/** The slot with `dek` sealed anew: what its role may have of `keys`. */
export async function resealKeys(
  slot: Slot,
  vaultId: Uuid,
  keys: DatabaseKeys,
  box: SealedBox,
): Promise<Slot> {
  const plaintext = encodeKeys(slot.role === 'auditor' ? { v: [], l: keys.l } : keys);
  const sealed = await box.seal(bytes(slot.pub), boxInfo(vaultId, slot.id, 'dek'), plaintext);
  plaintext.fill(0);
  return { ...slot, dek: text(sealed) };
}

/**
 * The slot with `own` sealed anew.
 * @throws DomainError `own-keys-full` when no reader would take so much
 */
export async function resealOwn(
  slot: Slot,
  vaultId: Uuid,
  own: readonly OwnKey[],
  box: SealedBox,
): Promise<Slot> {
  const plaintext = encodeOwnKeys(own);
  const sealed = await box.seal(bytes(slot.pub), boxInfo(vaultId, slot.id, 'own'), plaintext);
  plaintext.fill(0);
  if (sealed.length > MAX_OWN_BYTES) throw new DomainError('own-keys-full');
  return { ...slot, own: text(sealed) };
}

/**
 * The slot's X25519 secret, or undefined when `secret` does not open it: a wrong passphrase and a
 * damaged `wrapped` look the same. The caller wipes it.
 */
export async function unwrapSlot(
  slot: Slot,
  vaultId: Uuid,
  secret: Uint8Array,
  kdf: PassphraseKdf,
): Promise<Uint8Array | undefined> {
  const kek = await kdf.derive(secret, bytes(slot.argon2id.salt), slot.argon2id);
  const wrapped = bytes(slot.wrapped);
  const decipher = createDecipheriv('aes-256-gcm', kek, bytes(slot.nonce), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(slot, vaultId));
  decipher.setAuthTag(wrapped.subarray(KEY_BYTES));
  const opened = Uint8Array.from(decipher.update(wrapped.subarray(0, KEY_BYTES)));
  try {
    decipher.final();
    return opened;
  } catch {
    opened.fill(0);
    return undefined;
  } finally {
    kek.fill(0);
  }
}

/**
 * What a slot holds, by its unwrapped X25519 secret.
 * @throws DomainError `slot-damaged` naming `dek` or `own`
 */
export async function readSlot(
  slot: Slot,
  vaultId: Uuid,
  x25519: Uint8Array,
  box: SealedBox,
): Promise<SlotContent> {
  const part = async <T>(name: 'dek' | 'own', read: (plaintext: Uint8Array) => T): Promise<T> => {
    const plaintext = await box.open(x25519, boxInfo(vaultId, slot.id, name), bytes(slot[name]));
    if (plaintext === undefined) throw new DomainError('slot-damaged', { part: name });
    try {
      return read(plaintext);
    } catch (error) {
      throw new DomainError('slot-damaged', { part: name }, { cause: error });
    } finally {
      plaintext.fill(0);
    }
  };
  const keys = await part('dek', decodeKeys);
  if ((slot.role === 'auditor') !== (keys.v.length === 0)) {
    wipeKeys(keys);
    throw new DomainError('header-altered', { part: 'role' });
  }
  try {
    return { keys, own: await part('own', decodeOwnKeys) };
  } catch (error) {
    wipeKeys(keys);
    throw error;
  }
}

/** Whether both are the same keys in the same order. */
export function sameKeys(a: DatabaseKeys, b: DatabaseKeys): boolean {
  const left = encodeKeys(a);
  const right = encodeKeys(b);
  const same = left.length === right.length && timingSafeEqual(left, right);
  left.fill(0);
  right.fill(0);
  return same;
}

/** Overwrites every database key with zeros. */
export function wipeKeys(keys: DatabaseKeys): void {
  for (const key of [...keys.v, ...keys.l]) key.fill(0);
}

function wrap(secret: Uint8Array, kek: Uint8Array, nonce: Uint8Array, aad: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', kek, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const body = cipher.update(secret);
  cipher.final();
  return text(Buffer.concat([body, cipher.getAuthTag()]));
}

/** What cannot be changed in a slot without its passphrase. */
function associatedData(
  slot: Pick<Slot, 'id' | 'memberId' | 'kind' | 'argon2id' | 'pub'>,
  vaultId: Uuid,
): Uint8Array {
  const { id, memberId, kind, argon2id, pub } = slot;
  return encodeCanonical({ format: HEADER_FORMAT, vaultId, id, memberId, kind, argon2id, pub });
}

function boxInfo(vaultId: Uuid, slotId: Uuid, purpose: 'dek' | 'own'): Uint8Array {
  return new TextEncoder().encode(`${HEADER_FORMAT} ${purpose} ${vaultId} ${slotId}`);
}

/** The number of keys and the keys, of vault.db and then of ledger.db. Not text: text stays behind. */
function encodeKeys(keys: DatabaseKeys): Uint8Array {
  const out = new Uint8Array(2 + KEY_BYTES * (keys.v.length + keys.l.length));
  let at = 0;
  for (const list of [keys.v, keys.l]) {
    out[at] = list.length;
    at += 1;
    for (const key of list) {
      out.set(key, at);
      at += KEY_BYTES;
    }
  }
  return out;
}

function decodeKeys(plaintext: Uint8Array): DatabaseKeys {
  let at = 0;
  const list = (): Uint8Array[] => {
    const count = plaintext[at] ?? 0;
    at += 1;
    const keys = Array.from({ length: count }, (_, index) =>
      plaintext.slice(at + index * KEY_BYTES, at + (index + 1) * KEY_BYTES),
    );
    at += count * KEY_BYTES;
    return keys;
  };
  const keys = { v: list(), l: list() };
  if (at !== plaintext.length || keys.l.length === 0) throw new TypeError('not a list of keys');
  return keys;
}

function text(value: Uint8Array): string {
  return Buffer.from(value).toString('base64');
}

function bytes(value: string): Uint8Array {
  return Buffer.from(value, 'base64');
}
