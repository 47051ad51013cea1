import { createCipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { ByteReader } from './byte-reader.ts';
import type { StartHash } from './hashing.ts';
import { withoutTail } from './packet-stream.ts';

/** AES-256, the only cipher that is written. */
export const SESSION_KEY_BYTES = 32;

const BLOCK = 16;
/** A random block and its last two octets again stand before the text (RFC 9580, section 5.13.1). */
const PREFIX = BLOCK + 2;
const MDC_HEADER = Uint8Array.of(0xd3, 0x14);
const MDC = MDC_HEADER.length + 20;
const SLICE_BYTES = 64 * 1024;

/** The body of a version 1 data packet: AES-256 in CFB mode over the text and its SHA-1. */
export async function* encryptV1(
  key: Uint8Array,
  text: AsyncIterable<Uint8Array>,
  start: StartHash,
): AsyncGenerator<Uint8Array, void> {
  const cipher = createCipheriv('aes-256-cfb', key, new Uint8Array(BLOCK));
  const hash = start('sha1');
  const encrypt = async (bytes: Uint8Array) => {
    await hash.update(bytes);
    return cipher.update(bytes);
  };
  const block = randomBytes(BLOCK);
  yield Uint8Array.of(1);
  yield await encrypt(Buffer.concat([block, block.subarray(BLOCK - 2)]));
  for await (const slice of text) yield await encrypt(slice);
  yield await encrypt(MDC_HEADER);
  yield cipher.update(await hash.digest());
}

/**
 * The text of a version 1 data packet. What is handed out is not authenticated before the
 * generator has ended without an error.
 *
 * @param body the packet's body, version octet included
 * @throws DomainError `message-damaged` at the end, when the SHA-1 does not fit
 */
export async function* decryptV1(
  key: Uint8Array,
  body: AsyncIterable<Uint8Array>,
  start: StartHash,
): AsyncGenerator<Uint8Array, void> {
  const hash = start('sha1');
  let prefix = PREFIX;
  for await (const piece of withoutTail(decrypted(key, body), MDC, checkMdc)) {
    await hash.update(piece);
    const text = piece.subarray(prefix);
    prefix -= piece.length - text.length;
    if (text.length > 0) yield text;
  }

  async function checkMdc(tail: Uint8Array): Promise<void> {
    await hash.update(tail.subarray(0, MDC_HEADER.length));
    const expected = Buffer.concat([MDC_HEADER, await hash.digest()]);
    if (prefix > 0 || !expected.equals(tail)) throw new DomainError('message-damaged');
  }
}

async function* decrypted(
  key: Uint8Array,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const cfb = new CfbDecryption(key);
  const reader = new ByteReader(body);
  await reader.take(1);
  for await (const slice of reader.rest()) yield* cfb.update(slice);
  yield cfb.final();
}

/**
 * AES in CFB mode, decrypting, with the block cipher run over many blocks at once: each block of
 * the key stream is the encryption of the ciphertext block before it, so all are known beforehand.
 * The library's own CFB goes block by block and takes more than twice as long.
 */
class CfbDecryption {
  readonly #cipher;
  /** The last ciphertext block that was used, then ciphertext that is not used yet. */
  readonly #buffer = new Uint8Array(BLOCK + SLICE_BYTES);
  #filled = 0;

  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  }

  *update(bytes: Uint8Array): Generator<Uint8Array, void> {
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + SLICE_BYTES - this.#filled);
      this.#buffer.set(part, BLOCK + this.#filled);
      this.#filled += part.length;
      from += part.length;
      const whole = this.#filled - (this.#filled % BLOCK);
      if (whole > 0) yield this.#decrypt(whole);
    }
  }

  /** What is left of the last block. */
  final(): Uint8Array {
    return this.#decrypt(this.#filled);
  }

  #decrypt(length: number): Uint8Array {
    const blocks = Math.ceil(length / BLOCK) * BLOCK;
    const stream = this.#cipher.update(this.#buffer.subarray(0, blocks));
    xorInto(stream, this.#buffer.subarray(BLOCK, BLOCK + blocks));
    this.#buffer.copyWithin(0, length, BLOCK + this.#filled);
    this.#filled -= length;
    return stream.subarray(0, length);
  }
}

/** Both of the same length, a multiple of 16, and `mask` aligned. */
function xorInto(target: Buffer, mask: Uint8Array): void {
  if (target.byteOffset % 8 !== 0) {
    for (let at = 0; at < target.length; at += 1) target[at] = (target[at] ?? 0) ^ (mask[at] ?? 0);
    return;
  }
  const words = new BigUint64Array(target.buffer, target.byteOffset, target.length / 8);
  const maskWords = new BigUint64Array(mask.buffer, mask.byteOffset, mask.length / 8);
  for (let at = 0; at < words.length; at += 1)
    words[at] = (words[at] ?? 0n) ^ (maskWords[at] ?? 0n);
}
