import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '../errors/index.ts';

/** Algorithm numbers of RFC 9580, sections 9.3 and 9.6. */
const AES: Readonly<Record<number, { readonly bits: 128 | 192 | 256 }>> = {
  7: { bits: 128 },
  8: { bits: 192 },
  9: { bits: 256 },
};
const AES_256 = 9;
const GCM = 3;

const SALT = 32;
const HEAD = 4 + SALT;
const TAG = 16;
const NONCE = 12;
/** Chunks of 256 KiB: 2^(6 + 12). */
const CHUNK_SIZE_OCTET = 12;
/** 4 MiB, the largest chunk that a reader has to take (RFC 9580, section 5.13.2). */
const MAX_CHUNK_SIZE_OCTET = 16;

/** What the chunks of one packet share, derived from its session key and salt. */
interface ChunkKeys {
  readonly cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  readonly key: Uint8Array;
  readonly nonceStart: Uint8Array;
  readonly info: Uint8Array;
}

/** The body of a version 2 data packet: AES-256 in GCM mode, in chunks (RFC 9580, section 5.13.2). */
export async function* encryptV2(
  sessionKey: Uint8Array,
  text: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const salt = randomBytes(SALT);
  const keys = chunkKeys(sessionKey, Uint8Array.of(2, AES_256, GCM, CHUNK_SIZE_OCTET), salt);
  yield Buffer.concat([keys.info.subarray(1), salt]);
  const size = 2 ** (CHUNK_SIZE_OCTET + 6);
  let total = 0;
  let index = 0;
  let left = size;
  let chunk = encryption(keys, index, keys.info);
  for await (const slice of text) {
    for (let from = 0; from < slice.length;) {
      if (left === 0) {
        chunk.final();
        yield chunk.getAuthTag();
        index += 1;
        left = size;
        chunk = encryption(keys, index, keys.info);
      }
      const part = slice.subarray(from, from + left);
      yield chunk.update(part);
      from += part.length;
      left -= part.length;
      total += part.length;
    }
  }
  chunk.final();
  yield chunk.getAuthTag();
  const last = encryption(keys, index + 1, lastInfo(keys, total));
  last.final();
  yield last.getAuthTag();
}

/**
 * The text of a version 2 data packet, chunk by chunk, each authenticated before it is handed out.
 * That nothing is missing at the end is known only when the generator has ended.
 *
 * @param body the packet's body, version octet included
 * @throws DomainError `message-damaged`; `message-form` for another cipher than AES in GCM mode
 */
export async function* decryptV2(
  sessionKey: Uint8Array,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const chunks = new ChunkDecryption(sessionKey);
  for await (const slice of body) yield* chunks.update(slice);
  yield* chunks.final();
}

class ChunkDecryption {
  readonly #sessionKey: Uint8Array;
  #keys: ChunkKeys | undefined;
  #size = 0;
  /** Bytes that are not used yet: the last two tags can only be told at the end. */
  #held: Uint8Array = new Uint8Array(0);
  #index = 0;
  #total = 0;
  #chunk: ReturnType<typeof decryption> | undefined;
  #left = 0;
  #pieces: Uint8Array[] = [];

  constructor(sessionKey: Uint8Array) {
    this.#sessionKey = sessionKey;
  }

  *update(slice: Uint8Array): Generator<Uint8Array, void> {
    let bytes: Uint8Array = this.#held.length === 0 ? slice : Buffer.concat([this.#held, slice]);
    if (!this.#keys) {
      if (bytes.length < HEAD) {
        this.#held = bytes;
        return;
      }
      this.#readHead(bytes.subarray(0, HEAD));
      bytes = bytes.subarray(HEAD);
    }
    // Two tags may be the last bytes of all, so they are left alone until more has come.
    while (bytes.length > 2 * TAG) {
      const usable = bytes.length - 2 * TAG;
      const part = bytes.subarray(0, Math.min(this.#left, usable));
      this.#decrypt(part);
      bytes = bytes.subarray(part.length);
      if (this.#left > 0 || bytes.length <= 2 * TAG) break;
      yield* this.#closeChunk(bytes.subarray(0, TAG));
      bytes = bytes.subarray(TAG);
    }
    this.#held = bytes;
  }

  *final(): Generator<Uint8Array, void> {
    const keys = this.#keys;
    const bytes = this.#held;
    const rest = bytes.length - 2 * TAG;
    if (!keys || rest < 0) throw new DomainError('message-damaged');
    this.#decrypt(bytes.subarray(0, rest));
    yield* this.#closeChunk(bytes.subarray(rest, rest + TAG));
    const last = decryption(keys, this.#index, lastInfo(keys, this.#total));
    finish(last, bytes.subarray(rest + TAG));
  }

  #readHead(head: Uint8Array): void {
    const [, cipher = 0, mode, sizeOctet = 255] = head;
    const bits = AES[cipher]?.bits;
    if (bits === undefined) throw new DomainError('weak-algorithm', { what: 'its cipher' });
    if (mode !== GCM)
      throw new DomainError('message-form', { what: 'authenticated encryption other than GCM' });
    if (sizeOctet > MAX_CHUNK_SIZE_OCTET)
      throw new DomainError('message-form', { what: 'chunks of more than 4 MiB' });
    if (this.#sessionKey.length !== bits / 8) throw new DomainError('message-damaged');
    this.#keys = chunkKeys(this.#sessionKey, head.slice(0, 4), head.slice(4), bits);
    this.#size = 2 ** (sizeOctet + 6);
    this.#openChunk(this.#keys);
  }

  #openChunk(keys: ChunkKeys): void {
    this.#chunk = decryption(keys, this.#index, keys.info);
    this.#left = this.#size;
  }

  #decrypt(part: Uint8Array): void {
    if (part.length > this.#left || !this.#chunk) throw new DomainError('message-damaged');
    this.#pieces.push(this.#chunk.update(part));
    this.#left -= part.length;
    this.#total += part.length;
  }

  *#closeChunk(tag: Uint8Array): Generator<Uint8Array, void> {
    if (!this.#chunk || !this.#keys) throw new DomainError('message-damaged');
    finish(this.#chunk, tag);
    this.#index += 1;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#openChunk(this.#keys);
    yield* pieces;
  }
}

function finish(chunk: ReturnType<typeof decryption>, tag: Uint8Array): void {
  try {
    chunk.setAuthTag(tag);
    chunk.final();
  } catch (cause) {
    throw new DomainError('message-damaged', {}, { cause });
  }
}

function chunkKeys(
  sessionKey: Uint8Array,
  head: Uint8Array,
  salt: Uint8Array,
  bits: 128 | 192 | 256 = 256,
): ChunkKeys {
  const info = Buffer.concat([Uint8Array.of(0xd2), head]);
  const length = bits / 8;
  const derived = hkdfSha256(sessionKey, salt, info, length + NONCE - 8);
  return {
    cipher: `aes-${bits}-gcm`,
    key: derived.subarray(0, length),
    nonceStart: derived.subarray(length),
    info,
  };
}

function nonce(keys: ChunkKeys, index: number): Uint8Array {
  return Buffer.concat([keys.nonceStart, bigEndian64(index)]);
}

function encryption(keys: ChunkKeys, index: number, info: Uint8Array) {
  return createCipheriv(keys.cipher, keys.key, nonce(keys, index)).setAAD(info);
}

function decryption(keys: ChunkKeys, index: number, info: Uint8Array) {
  return createDecipheriv(keys.cipher, keys.key, nonce(keys, index)).setAAD(info);
}

/** What the final tag vouches for: the packet's form and how many octets of text there are. */
function lastInfo(keys: ChunkKeys, total: number): Uint8Array {
  return Buffer.concat([keys.info, bigEndian64(total)]);
}

function bigEndian64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** RFC 5869, on HMAC alone: the one form that every runtime has. */
function hkdfSha256(
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const extracted = createHmac('sha256', salt).update(secret).digest();
  const blocks: Buffer[] = [];
  let block = Buffer.alloc(0);
  for (let index = 1; blocks.length * 32 < length; index += 1) {
    block = createHmac('sha256', extracted)
      .update(block)
      .update(info)
      .update(Uint8Array.of(index))
      .digest();
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}
