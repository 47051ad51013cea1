import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { DomainError, isDomainError } from '../errors/index.ts';
import { Digest, Role, Uuid } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical, type Json } from '../json/canonical.ts';

/** `vault.json`: the key slots of a vault. See docs/formats/vault.md. */
export const HEADER_FORMAT = 'valise.vault/1';
export const MAX_SLOTS = 32;
/** What a reader takes in at most: 32 slots with their members' keys. */
export const MAX_HEADER_BYTES = 16 * 1024 * 1024;
/** What a slot's `own` may be at most once it is sealed. */
export const MAX_OWN_BYTES = 384 * 1024;
const MAX_DEK_BYTES = 1024;

/** What Argon2id may cost: memory in KiB, passes, lanes. Refused outside, before any derivation. */
export const KDF_LIMITS = { m: [64 * 1024, 1024 * 1024], t: [3, 10], p: [1, 16] } as const;

const base64 = (least: number, most = least) =>
  z
    .string()
    .min(4 * Math.ceil(least / 3))
    .max(4 * Math.ceil(most / 3))
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
    .refine(
      (text) => {
        const bytes = Buffer.from(text, 'base64');
        return bytes.length >= least && bytes.length <= most && bytes.toString('base64') === text;
      },
      `must be the base64 of ${least === most ? least : `${least} to ${most}`} bytes`,
    );

const Argon2id = z.strictObject({
  m: z.int().min(KDF_LIMITS.m[0]).max(KDF_LIMITS.m[1]),
  t: z.int().min(KDF_LIMITS.t[0]).max(KDF_LIMITS.t[1]),
  p: z.int().min(KDF_LIMITS.p[0]).max(KDF_LIMITS.p[1]),
  salt: base64(16),
});

export const Slot = z.strictObject({
  id: Uuid,
  memberId: Uuid,
  kind: z.enum(['passphrase', 'recovery']),
  role: Role,
  argon2id: Argon2id,
  nonce: base64(12),
  wrapped: base64(48),
  pub: base64(32),
  dek: base64(50, MAX_DEK_BYTES),
  own: base64(50, MAX_OWN_BYTES),
});

export const Header = z.strictObject({
  format: z.literal(HEADER_FORMAT),
  vaultId: Uuid,
  slots: z.array(Slot).min(1).max(MAX_SLOTS),
  macs: z.strictObject({ l: Digest, v: Digest }),
});

/** Memory in KiB, passes and lanes of one derivation. */
export type Argon2Cost = Pick<z.infer<typeof Argon2id>, 'm' | 't' | 'p'>;
export type Slot = z.infer<typeof Slot>;
export type SlotKind = Slot['kind'];
export type Header = z.infer<typeof Header>;
/** A header before its macs are computed. */
export type HeaderBody = Omit<Header, 'macs'>;

/**
 * Parses the bytes of vault.json. Nothing is derived, opened or allocated by what it says.
 * @throws DomainError `vault-newer`, `header-too-many-slots`, `header-weak-kdf`,
 * `header-excessive-kdf`, `header-damaged`
 */
export function parseHeader(bytes: Uint8Array): Header {
  const value = decode(bytes);
  refuseNewer(value);
  refuseHostileSlots(value);
  const parsed = Header.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    throw damaged(`${where === '' ? 'the document' : where}: ${issue?.message ?? 'wrong'}`);
  }
  refuseContradictions(parsed.data);
  return parsed.data;
}

/** The bytes of vault.json. */
export function encodeHeader(header: Header): Uint8Array {
  return encodeCanonical(header);
}

/** Digest of the input of `macs.l`: what the ledger remembers of the header. */
export function headerDigest(header: HeaderBody): Digest {
  return sha256Hex(macInput(header, 'l'));
}

/** Which of the two database keys a mac is made with. */
export type MacKind = 'l' | 'v';

/** Hex HMAC-SHA256 of the header's slots, under a key derived from that database key. */
export function headerMac(header: HeaderBody, kind: MacKind, databaseKey: Uint8Array): Digest {
  const salt = new TextEncoder().encode(header.vaultId);
  const key = new Uint8Array(
    hkdfSync('sha256', databaseKey, salt, `${HEADER_FORMAT} mac ${kind}`, 32),
  );
  const mac = createHmac('sha256', key).update(macInput(header, kind)).digest('hex');
  key.fill(0);
  return mac;
}

/** Whether the header's mac was made with one of these keys. */
export function macFits(header: Header, kind: MacKind, keys: readonly Uint8Array[]): boolean {
  const said = Buffer.from(header.macs[kind], 'hex');
  return keys.some((key) =>
    timingSafeEqual(Buffer.from(headerMac(header, kind, key), 'hex'), said),
  );
}

/** What both macs cover; an auditor rewrites the own slot without the key of `macs.v`. */
function macInput(header: HeaderBody, kind: MacKind): Uint8Array {
  const { format, vaultId } = header;
  const slots =
    kind === 'l' ? header.slots : header.slots.filter((slot) => slot.role !== 'auditor');
  return encodeCanonical({ format, vaultId, slots });
}

function decode(bytes: Uint8Array): Json {
  if (bytes.length === 0) throw damaged('it is empty');
  try {
    return decodeCanonical(bytes, 'vault.json');
  } catch (error) {
    if (isDomainError(error, 'not-canonical')) throw damaged(`at ${String(error.params['where'])}`);
    throw error;
  }
}

function refuseNewer(value: Json): void {
  const format = member(value, 'format');
  if (typeof format !== 'string') return;
  const version = /^valise\.vault\/([1-9][0-9]{0,6})$/.exec(format)?.[1];
  if (version !== undefined && version !== '1') {
    throw new DomainError('vault-newer', { file: 'vault.json' });
  }
}

function refuseHostileSlots(value: Json): void {
  const slots = member(value, 'slots');
  if (!Array.isArray(slots)) return;
  if (slots.length > MAX_SLOTS) {
    throw new DomainError('header-too-many-slots', { count: slots.length });
  }
  for (const slot of slots) {
    const argon2id = member(slot, 'argon2id');
    for (const name of ['m', 't', 'p'] as const) {
      const asked = member(argon2id, name);
      if (typeof asked !== 'number') continue;
      const [least, most] = KDF_LIMITS[name];
      const problem = `${name} is ${asked}`;
      if (asked < least) throw new DomainError('header-weak-kdf', { problem });
      if (asked > most) throw new DomainError('header-excessive-kdf', { problem });
    }
  }
}

function refuseContradictions({ slots }: Header): void {
  const seen = new Set<string>();
  const roles = new Map<Uuid, Role>();
  for (const { id, memberId, kind, role } of slots) {
    const place = `${memberId} ${kind}`;
    if (seen.has(id) || seen.has(place)) throw damaged('a slot stands there twice');
    if ((roles.get(memberId) ?? role) !== role) throw damaged('a member has two roles');
    seen.add(id).add(place);
    roles.set(memberId, role);
  }
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function damaged(problem: string): DomainError {
  return new DomainError('header-damaged', { problem });
}
