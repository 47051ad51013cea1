import { DomainError } from '../errors/index.ts';
import { ByteReader } from './byte-reader.ts';
import { decompressed } from './compression.ts';
import type { RunningHash, StartHash } from './hashing.ts';
import { TAG, writePacket } from './packet-header.ts';
import { bodySlices, nextHeader, wholeBody } from './packet-stream.ts';
import type { PacketFailures } from './packet-stream.ts';
import { isAnnounced, readOnePass, readTextSignature, startText } from './text-signature.ts';
import type { OnePass, TextSignature } from './text-signature.ts';

const MAX_SIGNATURE_BYTES = 64 * 1024;
const MAX_ONE_PASS_BYTES = 256;
const MAX_NAME_BYTES = 255;
/** Only such formats of literal data are known (RFC 9580, section 5.9); none changes its bytes. */
const FORMATS = 'btu';

const failures: PacketFailures = {
  cut: () => new DomainError('message-form', { what: 'a packet inside that ends too early' }),
  malformed: (what) => new DomainError('message-form', { what: `inside, ${what}` }),
};

export interface InnerMessage {
  readonly signature: TextSignature;
  /** The signature packet alone. */
  readonly signaturePacket: Uint8Array;
}

/** Takes the literal's bytes; may refuse them by throwing. */
export type LiteralSink = (slice: Uint8Array) => void | Promise<void>;

/**
 * Reads what was encrypted: one one-pass signature, one literal, one signature, perhaps all inside
 * one compressed packet, and nothing else (but padding at the end). The literal goes to `sink`.
 * The signature is not checked here.
 *
 * @throws DomainError `not-signed`, `too-many-signatures`, `signature-form`, `weak-algorithm`,
 *   `bad-signature`, `message-form`, and what `sink` throws
 */
export async function readInner(
  text: ByteReader,
  sink: LiteralSink,
  start: StartHash,
): Promise<InnerMessage> {
  const header = await nextHeader(text, failures);
  if (header?.tag !== TAG.compressed) return readSigned(text, header, sink, start, false);
  const body = new ByteReader(bodySlices(text, header.length, failures));
  const [algorithm = -1] = await body.take(1);
  const content = new ByteReader(decompressed(algorithm, body.rest()));
  try {
    const inner = await readSigned(content, await nextHeader(content, failures), sink, start, true);
    await body.drain();
    await expectEnd(text);
    return inner;
  } finally {
    await content.close();
  }
}

type Header = Awaited<ReturnType<typeof nextHeader>>;

async function readSigned(
  text: ByteReader,
  first: Header,
  sink: LiteralSink,
  start: StartHash,
  isCompressed: boolean,
): Promise<InnerMessage> {
  const onePass = await readAnnouncement(text, first, isCompressed);
  const hash = startText(onePass.hashAlgorithm, onePass.salt, start);
  await readLiteral(text, hash, sink);
  const header = await nextHeader(text, failures);
  if (header?.tag !== TAG.signature) throw new DomainError('not-signed');
  const body = await wholeBody(text, header, MAX_SIGNATURE_BYTES, failures);
  const signature = readTextSignature(body, hash);
  if (!isAnnounced(signature, onePass)) throw new DomainError('signature-form');
  await expectEnd(text);
  return { signature, signaturePacket: writePacket(TAG.signature, body) };
}

async function readAnnouncement(
  text: ByteReader,
  header: Header,
  isCompressed: boolean,
): Promise<OnePass> {
  if (!header) throw new DomainError('message-form', { what: 'nothing inside' });
  if (header.tag === TAG.compressed && isCompressed)
    throw failures.malformed('compression in compression');
  if (header.tag === TAG.literal) throw new DomainError('not-signed');
  if (header.tag === TAG.signature) throw failures.malformed('a signature before its text');
  if (header.tag !== TAG.onePassSignature)
    throw failures.malformed(`a packet of type ${header.tag}`);
  const onePass = readOnePass(await wholeBody(text, header, MAX_ONE_PASS_BYTES, failures));
  if (!onePass.isLast) throw new DomainError('too-many-signatures');
  return onePass;
}

async function readLiteral(text: ByteReader, hash: RunningHash, sink: LiteralSink): Promise<void> {
  const header = await nextHeader(text, failures);
  if (!header) throw failures.cut();
  if (header.tag === TAG.onePassSignature) throw new DomainError('too-many-signatures');
  if (header.tag !== TAG.literal || header.length.kind === 'rest')
    throw failures.malformed('no plain text after the signature’s head');
  const body = new ByteReader(bodySlices(text, header.length, failures));
  const [format = 0, nameBytes = MAX_NAME_BYTES] = await body.take(2);
  const skipped = await body.take(nameBytes + 4);
  if (skipped.length < nameBytes + 4 || !FORMATS.includes(String.fromCharCode(format)))
    throw failures.malformed('text in an unknown form');
  for await (const slice of body.rest()) {
    await hash.update(slice);
    await sink(slice);
  }
}

/** Nothing more, except padding, which has no meaning (RFC 9580, section 5.14). */
async function expectEnd(text: ByteReader): Promise<void> {
  for (;;) {
    const header = await nextHeader(text, failures);
    if (!header) return;
    if (header.tag === TAG.signature) throw new DomainError('too-many-signatures');
    if (header.tag !== TAG.padding)
      throw failures.malformed(`a packet of type ${header.tag} at the end`);
    await new ByteReader(bodySlices(text, header.length, failures)).drain();
  }
}
