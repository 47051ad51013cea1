import { randomBytes } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import type { Work } from '../ports.ts';
import { viewCertificate } from './certificate-view.ts';
import type { CertificateView, KeyView } from './certificate-view.ts';
import { splitPackets } from './key-packets.ts';
import { COMPRESSION, compressed } from './compression.ts';
import type { SealRequest } from './engine.ts';
import { Hashes, hashHere } from './hashing.ts';
import type { StartHash } from './hashing.ts';
import { ensureKeyWrap } from './key-wrap.ts';
import { encryptSessionKey, readKey } from './library.ts';
import type { SecretKeyPacket } from './library.ts';
import { MAX_SESSION_KEYS } from './outline.ts';
import { readOwnKey, signingPacket } from './own-key.ts';
import { TAG } from './packet-header.ts';
import { inParts, sliced } from './packet-stream.ts';
import { encryptionKeyAt, factsAt } from './policy.ts';
import { MESSAGE_AEAD, STRICT } from './profile.ts';
import { SESSION_KEY_BYTES, encryptV1 } from './seipd-v1.ts';
import { encryptV2 } from './seipd-v2.ts';
import { readSessionKey } from './session-key-packet.ts';
import { nameAt } from './standing.ts';
import { Signing } from './text-signature.ts';

/** Parts of 1 MiB: large enough that their lengths cost nothing, small enough to hold one. */
const PART = 20;

/**
 * A sealed message: session keys for exactly the recipients, in their order, then the encrypted
 * packet with one signature over the content. Nothing is held but a few MiB.
 *
 * Progress is reported in bytes of the content; its total is not known here and given as 0.
 *
 * @throws DomainError `no-recipients`, `too-many-recipients`, `recipient-twice`,
 *   `certificate-not-modern`, the `SealRefusal` of a recipient, `certificate-cannot-sign`, `cancelled`
 */
export async function* seal(
  request: SealRequest,
  work: Work = {},
  start: StartHash = hashHere,
): AsyncGenerator<Uint8Array, void> {
  const { at, profile } = request;
  stopWhenAsked(work);
  await ensureKeyWrap();
  const signer = signingPacket(await readOwnKey(request.signer), at);
  const recipients = await readRecipients(request);
  const sessionKey = randomBytes(SESSION_KEY_BYTES);
  yield await sessionKeyPackets(sessionKey, recipients, request);
  const hashes = new Hashes(start);
  const text = signedText(request, signer, work, hashes.start);
  const inner = request.compress ? inParts(TAG.compressed, PART, zlib(text)) : text;
  const encrypt = profile === 'rfc9580' ? encryptV2 : encryptV1;
  try {
    yield* inParts(TAG.protectedData, PART, encrypt(sessionKey, inner, hashes.start));
  } finally {
    hashes.stop();
    sessionKey.fill(0);
  }
}

interface Recipient {
  readonly view: CertificateView;
  readonly key: KeyView;
}

async function readRecipients({ recipients, profile, at }: SealRequest): Promise<Recipient[]> {
  if (recipients.length === 0) throw new DomainError('no-recipients');
  if (recipients.length > MAX_SESSION_KEYS)
    throw new DomainError('too-many-recipients', { most: MAX_SESSION_KEYS });
  const found: Recipient[] = [];
  for (const bytes of recipients) {
    const view = await viewCertificate(bytes);
    const name = nameAt(view, at);
    if (found.some((other) => other.view.primary.fingerprint === view.primary.fingerprint))
      throw new DomainError('recipient-twice', { name });
    found.push({ view, key: encryptionKeyAt(view, at) });
    if (profile === 'rfc9580' && !factsAt(view, at).modern)
      throw new DomainError('certificate-not-modern', { name });
  }
  return found;
}

/** The session key, encrypted once for each recipient by the library; then the packets are read back. */
async function sessionKeyPackets(
  data: Uint8Array,
  recipients: readonly Recipient[],
  { at, profile }: SealRequest,
): Promise<Uint8Array> {
  const keys = await Promise.all(
    recipients.map(async ({ view }) =>
      (await readKey({ binaryKey: view.bytes, config: STRICT })).toPublic(),
    ),
  );
  const aeadAlgorithm = MESSAGE_AEAD[profile];
  const packets = await encryptSessionKey({
    data,
    algorithm: 'aes256',
    ...(aeadAlgorithm === undefined ? {} : { aeadAlgorithm }),
    encryptionKeys: keys,
    encryptionKeyIDs: recipients.map(({ key }) => key.packet.getKeyID()),
    date: at,
    format: 'binary',
    config: STRICT,
  });
  const written = splitPackets(packets).map(({ tag, body }) => {
    if (tag !== TAG.sessionKey) throw new Error('not a session-key packet');
    return readSessionKey(body).key;
  });
  const wanted = recipients.map(({ key }) => (profile === 'rfc9580' ? key.fingerprint : key.keyId));
  if (written.join() !== wanted.join())
    throw new Error('the session keys are not for exactly the recipients');
  return packets;
}

/** One-pass signature, literal data, signature (RFC 9580, section 10.3), over content as it passes. */
async function* signedText(
  { content, at }: SealRequest,
  signer: SecretKeyPacket,
  work: Work,
  start: StartHash,
): AsyncGenerator<Uint8Array, void> {
  const signing = new Signing(signer, start);
  yield signing.onePass();
  let done = 0;
  async function* literal(): AsyncGenerator<Uint8Array, void> {
    const header = Buffer.from([0x62, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(Math.floor(at.getTime() / 1000), 2);
    yield header;
    for await (const slice of sliced(content)) {
      stopWhenAsked(work);
      await signing.update(slice);
      yield slice;
      done += slice.length;
      work.report?.({ stage: 'sealing', done, total: 0 });
    }
  }
  yield* inParts(TAG.literal, PART, literal());
  stopWhenAsked(work);
  yield await signing.finish(at);
}

async function* zlib(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield Uint8Array.of(COMPRESSION.zlib);
  yield* compressed(text);
}

function stopWhenAsked({ signal }: Work): void {
  if (signal?.aborted === true) throw new DomainError('cancelled');
}
