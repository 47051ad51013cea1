import { DomainError } from '../errors/index.ts';
import type { Work } from '../ports.ts';
import { ByteReader } from './byte-reader.ts';
import type { MessageOutline, MessageProfile } from './engine.ts';
import { hashHere } from './hashing.ts';
import type { RunningHash, StartHash } from './hashing.ts';
import { TAG } from './packet-header.ts';
import type { BodyLength, PacketHeader } from './packet-header.ts';
import { bodySlices, nextHeader, wholeBody } from './packet-stream.ts';
import type { PacketFailures } from './packet-stream.ts';
import { readSessionKey } from './session-key-packet.ts';
import type { RawSessionKey } from './session-key-packet.ts';

/** More recipients than this are neither written nor read. */
export const MAX_SESSION_KEYS = 64;
/** All session-key packets together. */
const MAX_HEAD_BYTES = 1024 * 1024;
const MAX_SESSION_KEY_BYTES = 8 * 1024;

const failures: PacketFailures = {
  cut: () => new DomainError('message-incomplete'),
  malformed: (what) => new DomainError('message-form', { what }),
};

export interface MessageHead {
  readonly sessionKeys: readonly RawSessionKey[];
  readonly profile: MessageProfile;
}

/**
 * The outer form of a sealed file, read once from start to end without any key: session keys for
 * 1 to 64 recipients, then one integrity-protected data packet (type 18, version 1 or 2), then
 * nothing. Only the data may come in parts. The digest runs along.
 *
 * Use it in order: `head`, then `data` to its end, then `end`.
 */
export class SealedFile {
  readonly #reader: ByteReader;
  readonly #hash: RunningHash;
  readonly #size: number;
  #data: BodyLength | undefined;

  constructor(
    source: AsyncIterable<Uint8Array>,
    size: number,
    work: Work = {},
    start: StartHash = hashHere,
  ) {
    this.#size = size;
    this.#hash = start('sha256');
    this.#reader = new ByteReader(watched(source, size, this.#hash, work));
  }

  /**
   * Everything before the data's own bytes.
   *
   * @throws DomainError `not-openpgp`, `message-armored`, `not-a-message`, `not-encrypted`,
   *   `password-protected-message`, `no-integrity-protection`, `too-many-recipients`,
   *   `message-incomplete`, `message-form`
   */
  async head(): Promise<MessageHead> {
    await this.#checkStart();
    const sessionKeys: RawSessionKey[] = [];
    for (;;) {
      const header = await nextHeader(this.#reader, failures);
      if (!header) throw failures.cut();
      const { tag, length } = header;
      if (tag !== TAG.protectedData && tag !== TAG.sessionKey)
        throw wrongPacket(tag, await this.#reader.peek(1), sessionKeys.length > 0);
      if (length.kind !== 'rest' && length.bytes > this.#size - this.#reader.position)
        throw failures.cut();
      if (tag === TAG.protectedData) return this.#openData(header, sessionKeys);
      if (sessionKeys.length === MAX_SESSION_KEYS)
        throw new DomainError('too-many-recipients', { most: MAX_SESSION_KEYS });
      const body = await wholeBody(this.#reader, header, MAX_SESSION_KEY_BYTES, failures);
      if (this.#reader.position > MAX_HEAD_BYTES)
        throw failures.malformed('more than 1 MiB before the data');
      sessionKeys.push(readSessionKey(body));
    }
  }

  /** The data packet's body, version octet included. @throws DomainError `message-incomplete` */
  data(): AsyncGenerator<Uint8Array, void> {
    if (!this.#data) throw new Error('the head was not read');
    return bodySlices(this.#reader, this.#data, failures);
  }

  /** Checks that nothing follows, and answers with the SHA-256 of the file. @throws DomainError `trailing-data` */
  async end(): Promise<string> {
    if (!(await this.#reader.atEnd())) throw new DomainError('trailing-data');
    return Buffer.from(await this.#hash.digest()).toString('hex');
  }

  /** How much of the file was read. */
  get bytes(): number {
    return this.#reader.position;
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  async #checkStart(): Promise<void> {
    const start = await this.#reader.peek(15);
    const text = Buffer.from(start).toString('latin1');
    if (text.startsWith('-----BEGIN PGP')) throw new DomainError('message-armored');
    if (((start[0] ?? 0) & 0x80) === 0) throw new DomainError('not-openpgp');
  }

  async #openData(header: PacketHeader, sessionKeys: RawSessionKey[]): Promise<MessageHead> {
    if (header.length.kind === 'rest') throw failures.malformed('data of a length not said');
    if (sessionKeys.length === 0) throw new DomainError('not-for-us', { keys: 'nobody' });
    this.#data = header.length;
    const [version] = await this.#reader.peek(1);
    if (version === undefined) throw failures.cut();
    if (version !== 1 && version !== 2)
      throw failures.malformed('encrypted data in an unknown form');
    // Version 3 belongs to version 1, and 6 to 2 (RFC 9580, section 10.3.2.1).
    if (sessionKeys.some((key) => key.version !== 3 * version))
      throw failures.malformed('a session key in another form than the data');
    return { sessionKeys, profile: version === 1 ? 'rfc4880' : 'rfc9580' };
  }
}

/**
 * Reads a whole sealed file without any key.
 *
 * @throws DomainError as `SealedFile.head`, and `trailing-data`
 */
export async function inspect(
  source: AsyncIterable<Uint8Array>,
  size: number,
): Promise<MessageOutline> {
  const file = new SealedFile(source, size);
  try {
    const { sessionKeys, profile } = await file.head();
    await new ByteReader(file.data()).drain();
    const sealedDigest = await file.end();
    return { sessionKeys: sessionKeys.map(publicPart), profile, sealedDigest, bytes: file.bytes };
  } finally {
    await file.close();
  }
}

/** What the answer shows of a session-key packet. */
export function publicPart({ version, key }: RawSessionKey): MessageOutline['sessionKeys'][number] {
  return { version, ...(key === undefined ? {} : { key }) };
}

function wrongPacket(tag: number, body: Uint8Array, afterSessionKeys: boolean): Error {
  switch (tag) {
    case TAG.passwordSessionKey:
      return new DomainError('password-protected-message');
    case TAG.encrypted:
      return new DomainError('no-integrity-protection');
    case TAG.aeadData:
      return failures.malformed('the encryption form of GnuPG 2.4');
  }
  if (afterSessionKeys) return failures.malformed(`a packet of type ${tag} before the data`);
  // The first octet tells a packet from any other file that happens to begin like one.
  const [first = 0] = body;
  switch (tag) {
    case TAG.signature:
    case TAG.onePassSignature:
      return new DomainError(first >= 3 && first <= 6 ? 'not-encrypted' : 'not-openpgp');
    case TAG.compressed:
      return new DomainError(first <= 3 ? 'not-encrypted' : 'not-openpgp');
    case TAG.literal:
      return new DomainError(
        'btul1m'.includes(String.fromCharCode(first)) ? 'not-encrypted' : 'not-openpgp',
      );
    case TAG.secretKey:
    case TAG.publicKey:
      return new DomainError(first >= 2 && first <= 6 ? 'not-a-message' : 'not-openpgp');
    default:
      return new DomainError('not-openpgp');
  }
}

async function* watched(
  source: AsyncIterable<Uint8Array>,
  size: number,
  hash: RunningHash,
  { signal, report }: Work,
): AsyncGenerator<Uint8Array, void> {
  let done = 0;
  for await (const chunk of source) {
    if (signal?.aborted === true) throw new DomainError('cancelled');
    await hash.update(chunk);
    done += chunk.length;
    report?.({ stage: 'opening', done, total: size });
    yield chunk;
  }
}
