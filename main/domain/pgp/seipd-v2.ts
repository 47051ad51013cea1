import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { CipherGCMTypes } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { ByteReader } from './byte-reader.ts';
import { OcbDecryption } from './ocb.ts';
import { withoutTail } from './packet-stream.ts';

/** Algorithm numbers of RFC 9580, sections 9.3 and 9.6. */
const AES: Readonly<Record<number, { readonly bits: 128 | 192 | 256 }>> = {
  7: { bits: 128 },
  8: { bits: 192 },
  9: { bits: 256 },
};
const AES_256 = 9;
const GCM_NAMES: Readonly<Record<number, CipherGCMTypes>> = {
  16: 'aes-128-gcm',
  24: 'aes-192-gcm',
  32: 'aes-256-gcm',
};
const OCB = 2;
const GCM = 3;
/** How long the nonces of a mode are. */
const NONCES: Readonly<Record<number, number>> = { [OCB]: 15, [GCM]: 12 };

const SALT = 32;
const HEAD = 4 + SALT;
const TAG = 16;
/** Chunks of 1 MiB: 2^(6 + 14). */
const CHUNK_SIZE_OCTET = 14;
/** 4 MiB, the largest chunk that a reader has to take (RFC 9580, section 5.13.2). */
const MAX_CHUNK_SIZE_OCTET = 16;

/** What the chunks of one packet share, derived from its session key and salt. */
interface ChunkKeys {
  readonly mode: number;
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
 * @throws DomainError `message-damaged`; `message-form` for another mode than GCM and OCB
 */
export async function* decryptV2(
  sessionKey: Uint8Array,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const reader = new ByteReader(body);
  const chunks = new ChunkDecryption(sessionKey, await reader.take(HEAD));
  // The last chunk's tag and the final one can only be told from text at the end.
  let tags = new Uint8Array(0);
  const keepTags = (tail: Uint8Array) => {
    tags = new Uint8Array(tail);
  };
  for await (const piece of withoutTail(reader.rest(), 2 * TAG, keepTags))
    yield* chunks.update(piece);
  yield* chunks.final(tags);
}

/** Decrypts chunk after chunk; the text of one is held until its tag has come. */
class ChunkDecryption {
  readonly #keys: ChunkKeys;
  readonly #size: number;
  readonly #tag = new Uint8Array(TAG);
  #tagFilled = 0;
  #index = 0;
  #total = 0;
  #chunk: Chunk;
  #left: number;
  #pieces: Uint8Array[] = [];

  constructor(sessionKey: Uint8Array, head: Uint8Array) {
    if (head.length < HEAD) throw new DomainError('message-damaged');
    const [, cipher = 0, mode, sizeOctet = 255] = head;
    const bits = AES[cipher]?.bits;
    if (bits === undefined) throw new DomainError('weak-algorithm', { what: 'its cipher' });
    if (mode !== GCM && mode !== OCB)
      throw new DomainError('message-form', {
        what: 'an authenticated encryption but GCM and OCB',
      });
    if (sizeOctet > MAX_CHUNK_SIZE_OCTET)
      throw new DomainError('message-form', { what: 'chunks of more than 4 MiB' });
    if (sessionKey.length !== bits / 8) throw new DomainError('message-damaged');
    this.#keys = chunkKeys(sessionKey, head.slice(0, 4), head.slice(4));
    this.#size = 2 ** (sizeOctet + 6);
    this.#chunk = decryption(this.#keys, 0, this.#keys.info);
    this.#left = this.#size;
  }

  *update(piece: Uint8Array): Generator<Uint8Array, void> {
    for (let from = 0; from < piece.length;) {
      if (this.#left === 0) {
        const part = piece.subarray(from, from + TAG - this.#tagFilled);
        this.#tag.set(part, this.#tagFilled);
        this.#tagFilled += part.length;
        from += part.length;
        if (this.#tagFilled === TAG) yield* this.#closeChunk(this.#tag);
        continue;
      }
      const part = piece.subarray(from, from + this.#left);
      this.#pieces.push(this.#chunk.update(part));
      from += part.length;
      this.#left -= part.length;
      this.#total += part.length;
    }
  }

  /** @param tags the last chunk's and the final one */
  *final(tags: Uint8Array): Generator<Uint8Array, void> {
    if (this.#tagFilled > 0 || tags.length < 2 * TAG) throw new DomainError('message-damaged');
    yield* this.#closeChunk(tags.subarray(0, TAG));
    decryption(this.#keys, this.#index, lastInfo(this.#keys, this.#total)).final(
      tags.subarray(TAG),
    );
  }

  *#closeChunk(tag: Uint8Array): Generator<Uint8Array, void> {
    const pieces = [...this.#pieces, this.#chunk.final(tag)];
    this.#index += 1;
    this.#chunk = decryption(this.#keys, this.#index, this.#keys.info);
    this.#left = this.#size;
    this.#tagFilled = 0;
    this.#pieces = [];
    for (const piece of pieces) if (piece.length > 0) yield piece;
  }
}

function chunkKeys(sessionKey: Uint8Array, head: Uint8Array, salt: Uint8Array): ChunkKeys {
  const info = Buffer.concat([Uint8Array.of(0xd2), head]);
  const { length } = sessionKey;
  const mode = head[2] ?? GCM;
  const nonceBytes = (NONCES[mode] ?? 8) - 8;
  const derived = hkdfSha256(sessionKey, salt, info, length + nonceBytes);
  return { mode, key: derived.subarray(0, length), nonceStart: derived.subarray(length), info };
}

function nonce(keys: ChunkKeys, index: number): Uint8Array {
  return Buffer.concat([keys.nonceStart, bigEndian64(index)]);
}

function encryption(keys: ChunkKeys, index: number, info: Uint8Array) {
  return createCipheriv('aes-256-gcm', keys.key, nonce(keys, index)).setAAD(info);
}

/** One chunk on its way: text that is not authenticated before `final` has answered. */
interface Chunk {
  update(part: Uint8Array): Uint8Array;
  /** The last of the text. @throws DomainError `message-damaged` */
  final(tag: Uint8Array): Uint8Array;
}

function decryption(keys: ChunkKeys, index: number, info: Uint8Array): Chunk {
  const damaged = (cause?: unknown) => new DomainError('message-damaged', {}, { cause });
  if (keys.mode === OCB) {
    const ocb = new OcbDecryption(keys.key, nonce(keys, index), info);
    return {
      update: (part) => ocb.update(part),
      final(tag) {
        const text = ocb.final(tag);
        if (!text) throw damaged();
        return text;
      },
    };
  }
  const name = GCM_NAMES[keys.key.length] ?? 'aes-256-gcm';
  const gcm = createDecipheriv(name, keys.key, nonce(keys, index)).setAAD(info);
  return {
    update: (part) => gcm.update(part),
    final(tag) {
      try {
        return gcm.setAuthTag(tag).final();
      } catch (cause) {
        throw damaged(cause);
      }
    },
  };
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
