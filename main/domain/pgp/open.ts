import { DomainError, isDomainError } from '../errors/index.ts';
import type { Work } from '../ports.ts';
import { instant } from '../time.ts';
import { ByteReader } from './byte-reader.ts';
import type { OpenRequest, OpenedMessage } from './engine.ts';
import { Hashes, hashHere } from './hashing.ts';
import type { StartHash } from './hashing.ts';
import { readInner } from './inner-message.ts';
import type { InnerMessage } from './inner-message.ts';
import { SealedFile, publicPart } from './outline.ts';
import { decryptV1 } from './seipd-v1.ts';
import { decryptV2 } from './seipd-v2.ts';
import { findSessionKey } from './session-key.ts';
import { checkSigner, intendedRecipients, keyIdOf } from './signer.ts';

const DEFAULT_RATIO = 200;
/** The ratio does not matter below this. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;

/**
 * Opens a sealed message in one pass: outer form, session key, integrity, inner form, end of file,
 * and last the one signature. The literal's bytes go to the sink on the way and are good only when
 * this has answered.
 *
 * @throws DomainError what `SealedFile`, `findSessionKey`, `readInner` and `checkSigner` say;
 *   `message-damaged`, `too-large`, `expands-too-much`, `cancelled`
 */
export async function open(
  request: OpenRequest,
  work: Work = {},
  start: StartHash = hashHere,
): Promise<OpenedMessage> {
  const hashes = new Hashes(start);
  const file = new SealedFile(request.source, request.size, work, hashes.start);
  try {
    const head = await file.head();
    const found = await findSessionKey(head, request.keys);
    const decrypt = head.profile === 'rfc9580' ? decryptV2 : decryptV1;
    const quota = new Quota(request);
    const text = decrypt(found.sessionKey, file.data(), hashes.start);
    const inner = await readWhole(text, quota, hashes.start).finally(() =>
      found.sessionKey.fill(0),
    );
    const sealedDigest = await file.end();
    const { signature, signaturePacket } = inner;
    const signer = await checkSigner(
      signature,
      await request.signers(keyIdOf(signature)),
      request.at,
    );
    const intended = intendedRecipients(signature);
    return {
      signer: signer.view.primary.fingerprint,
      signedAt: instant(signer.signedAt),
      signature: signaturePacket,
      literalBytes: quota.bytes,
      sealedDigest,
      sessionKeys: head.sessionKeys.map(publicPart),
      ...(intended === undefined ? {} : { intendedRecipients: intended }),
      openedWith: found.openedWith,
      profile: head.profile,
      warnings: signer.warnings,
    };
  } finally {
    hashes.stop();
    await file.close();
  }
}

/**
 * Reads the text to its end. When its form is wrong, the rest is read first nevertheless: were the
 * data altered, that is the answer, whatever the alteration made of the form.
 */
async function readWhole(
  text: AsyncIterable<Uint8Array>,
  quota: Quota,
  start: StartHash,
): Promise<InnerMessage> {
  const reader = new ByteReader(text);
  try {
    const inner = await readInner(reader, quota.sink, start);
    await reader.drain();
    return inner;
  } catch (error) {
    if (isDomainError(error) && error !== quota.stop) await reader.drain();
    throw error;
  } finally {
    await reader.close();
  }
}

/** Counts what goes to the sink, and stops before a byte too many goes there. */
class Quota {
  bytes = 0;
  /** Why nothing more is wanted: the quota, or the sink's own failure. */
  stop: unknown;
  readonly #request: OpenRequest;
  readonly #ratio: number;

  constructor(request: OpenRequest) {
    this.#request = request;
    this.#ratio = request.maxRatio ?? DEFAULT_RATIO;
  }

  readonly sink = async (slice: Uint8Array): Promise<void> => {
    try {
      this.#count(slice.length);
      await this.#request.sink(slice);
    } catch (error) {
      this.stop = error;
      throw error;
    }
  };

  #count(length: number): void {
    const { maxBytes, size } = this.#request;
    this.bytes += length;
    if (this.bytes > maxBytes) throw new DomainError('too-large', { most: maxBytes });
    if (this.bytes > Math.max(RATIO_FREE_BYTES, this.#ratio * size))
      throw new DomainError('expands-too-much', { ratio: this.#ratio });
  }
}
