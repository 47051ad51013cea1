import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

const BLOCK = 16;
const WORDS = BLOCK / 4;
const SLICE_BLOCKS = 4096;

/**
 * Decrypts AES in OCB mode (RFC 7253), which RFC 9580 asks every reader to know and which some
 * runtimes lack. Only the block cipher is the library's, run over many blocks at once; the
 * associated data is at most 15 octets, as it always is in OpenPGP.
 */
export class OcbDecryption {
  readonly #encrypt;
  readonly #decrypt;
  readonly #mask: Uint32Array;
  readonly #tagMask: Uint32Array;
  /** `L` with index: a mask for each number of trailing zeros of a block's number. */
  readonly #doubled: Uint32Array[];
  readonly #offset: Uint32Array;
  readonly #checksum = new Uint32Array(WORDS);
  readonly #associated: Uint32Array;
  /** Ciphertext that does not fill a block yet. */
  readonly #rest = new Uint8Array(BLOCK);
  #restLength = 0;
  #blocks = 0;

  constructor(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array) {
    const name = `aes-${key.length * 8}-ecb`;
    this.#encrypt = createCipheriv(name, key, null).setAutoPadding(false);
    this.#decrypt = createDecipheriv(name, key, null).setAutoPadding(false);
    this.#mask = this.#encryptBlock(new Uint32Array(WORDS));
    this.#tagMask = doubled(this.#mask);
    this.#doubled = [doubled(this.#tagMask)];
    this.#offset = this.#firstOffset(nonce);
    this.#associated =
      associated.length === 0
        ? new Uint32Array(WORDS)
        : this.#encryptBlock(xored(paddedBlock(associated), this.#mask));
  }

  /** The text of as many whole blocks as have come; it is not authenticated yet. */
  update(ciphertext: Uint8Array): Buffer {
    const joined =
      this.#restLength === 0
        ? ciphertext
        : Buffer.concat([this.#rest.subarray(0, this.#restLength), ciphertext]);
    const whole = joined.length - (joined.length % BLOCK);
    const text: Buffer[] = [];
    for (let from = 0; from < whole; from += SLICE_BLOCKS * BLOCK)
      text.push(
        this.#decryptBlocks(joined.subarray(from, Math.min(whole, from + SLICE_BLOCKS * BLOCK))),
      );
    this.#rest.set(joined.subarray(whole));
    this.#restLength = joined.length - whole;
    return text.length === 1 && text[0] ? text[0] : Buffer.concat(text);
  }

  /** The text of the last block, or nothing when the tag does not fit. */
  final(tag: Uint8Array): Buffer | undefined {
    const text = Buffer.alloc(this.#restLength);
    if (this.#restLength > 0) {
      xorInto(this.#offset, this.#mask);
      const pad = bytesOf(this.#encryptBlock(this.#offset));
      for (let at = 0; at < text.length; at += 1) text[at] = (this.#rest[at] ?? 0) ^ (pad[at] ?? 0);
      xorInto(this.#checksum, paddedBlock(text));
    }
    const sum = xored(xored(this.#checksum, this.#offset), this.#tagMask);
    const expected = bytesOf(xored(this.#encryptBlock(sum), this.#associated));
    return tag.length === BLOCK && timingSafeEqual(expected, tag) ? text : undefined;
  }

  #decryptBlocks(ciphertext: Uint8Array): Buffer {
    const words = new Uint32Array(ciphertext.length / 4);
    bytesOf(words).set(ciphertext);
    const offsets = this.#offsets(words.length);
    xorInto(words, offsets);
    const text = aligned(this.#decrypt.update(bytesOf(words)));
    xorInto(text, offsets);
    const sum = this.#checksum;
    for (let at = 0; at < text.length; at += 1)
      sum[at % WORDS] = (sum[at % WORDS] ?? 0) ^ (text[at] ?? 0);
    return Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  }

  /** The offsets of the next blocks, one after the other. */
  #offsets(length: number): Uint32Array {
    const offsets = new Uint32Array(length);
    const offset = this.#offset;
    for (let at = 0; at < length; at += WORDS) {
      this.#blocks += 1;
      const mask = this.#doubledAt(31 - Math.clz32(this.#blocks & -this.#blocks));
      for (let word = 0; word < WORDS; word += 1) {
        offset[word] = (offset[word] ?? 0) ^ (mask[word] ?? 0);
        offsets[at + word] = offset[word] ?? 0;
      }
    }
    return offsets;
  }

  #doubledAt(zeros: number): Uint32Array {
    let last = this.#doubled.at(-1) ?? this.#tagMask;
    while (this.#doubled.length <= zeros) {
      last = doubled(last);
      this.#doubled.push(last);
    }
    return this.#doubled[zeros] ?? last;
  }

  /** RFC 7253, section 4.2: the nonce, encrypted and shifted by its last six bits. */
  #firstOffset(nonce: Uint8Array): Uint32Array {
    const block = new Uint8Array(BLOCK);
    block[BLOCK - 1 - nonce.length] = 1;
    block.set(nonce, BLOCK - nonce.length);
    const bottom = (block[BLOCK - 1] ?? 0) & 0x3f;
    block[BLOCK - 1] = (block[BLOCK - 1] ?? 0) & 0xc0;
    const top = bytesOf(this.#encryptBlock(new Uint32Array(block.buffer)));
    const stretch = Buffer.concat([
      top,
      top.subarray(0, 8).map((byte, at) => byte ^ (top[at + 1] ?? 0)),
    ]);
    const shift = BigInt(stretch.length * 8 - 128 - bottom);
    const shifted = (BigInt(`0x${stretch.toString('hex')}`) >> shift) & ((1n << 128n) - 1n);
    return aligned(Buffer.from(shifted.toString(16).padStart(32, '0'), 'hex'));
  }

  #encryptBlock(block: Uint32Array): Uint32Array {
    return aligned(this.#encrypt.update(bytesOf(block)));
  }
}

/** Multiplication by two in GF(2^128), most significant bit first. */
function doubled(block: Uint32Array): Uint32Array {
  const bytes = bytesOf(block);
  const carry = ((bytes[0] ?? 0) & 0x80) === 0 ? 0 : 0x87;
  const shifted = bytes.map((byte, at) => (byte << 1) | ((bytes[at + 1] ?? 0) >> 7));
  shifted[BLOCK - 1] = (shifted[BLOCK - 1] ?? 0) ^ carry;
  return aligned(shifted);
}

/** Fewer than 16 octets, a one bit, and zeros. */
function paddedBlock(bytes: Uint8Array): Uint32Array {
  const block = new Uint8Array(BLOCK);
  block.set(bytes);
  block[bytes.length] = 0x80;
  return new Uint32Array(block.buffer);
}

function xorInto(target: Uint32Array, mask: Uint32Array): void {
  for (let at = 0; at < target.length; at += 1) target[at] = (target[at] ?? 0) ^ (mask[at] ?? 0);
}

function xored(a: Uint32Array, b: Uint32Array): Uint32Array {
  const result = a.slice();
  xorInto(result, b);
  return result;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** As words of 32 bits; copied when the bytes do not lie so. */
function aligned(bytes: Uint8Array): Uint32Array {
  const lying = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(lying.buffer, lying.byteOffset, lying.byteLength / 4);
}
