import { DomainError } from '../errors/index.ts';
import { instant } from '../time.ts';
import { readArmor, writeArmor } from './armor.ts';
import type { DetachedVerdict, SecretKey } from './engine.ts';
import { hashHere } from './hashing.ts';
import { SignaturePacket } from './library.ts';
import { readOwnKey, signingPacket } from './own-key.ts';
import { TAG, parseHeader } from './packet-header.ts';
import { checkSigner } from './signer.ts';
import { Signing, readSignature, readTextSignature, startText } from './text-signature.ts';

const MAX_SIGNATURE_BYTES = 64 * 1024;

/**
 * An armored detached signature over binary content.
 *
 * @throws DomainError `certificate-cannot-sign`, or why the key as a whole is refused
 */
export async function sign(content: Uint8Array, signer: SecretKey, at: Date): Promise<string> {
  const key = signingPacket(await readOwnKey(signer), at);
  const signing = new Signing(key, hashHere);
  await signing.update(content);
  return writeArmor('SIGNATURE', await signing.finish(at), key.version !== 6);
}

/**
 * Checks a detached signature: exactly one packet, armored or binary, by one of `certificates`.
 *
 * @throws DomainError `signature-form`, `too-many-signatures`, `armor-damaged`, and as `checkSigner`
 */
export async function verify(
  content: Uint8Array,
  signature: string | Uint8Array,
  certificates: readonly Uint8Array[],
  at: Date,
): Promise<DetachedVerdict> {
  const body = onlyPacket(binary(signature));
  const announced = new SignaturePacket();
  try {
    readSignature(announced, body);
  } catch (cause) {
    throw new DomainError('signature-form', {}, { cause });
  }
  const { salt } = announced as { salt?: Uint8Array | null };
  const text = startText(announced.hashAlgorithm ?? 0, salt ?? undefined, hashHere);
  await text.update(content);
  const read = readTextSignature(body, text);
  const { view, signedAt } = await checkSigner(read, certificates, at);
  return { signer: view.primary.fingerprint, signedAt: instant(signedAt) };
}

function binary(signature: string | Uint8Array): Uint8Array {
  if (signature.length > 2 * MAX_SIGNATURE_BYTES) throw new DomainError('signature-form');
  if (typeof signature !== 'string' && ((signature[0] ?? 0) & 0x80) !== 0) return signature;
  const text =
    typeof signature === 'string' ? signature : Buffer.from(signature).toString('latin1');
  const { type, bytes } = readArmor(text);
  if (type !== 'SIGNATURE') throw new DomainError('signature-form');
  return bytes;
}

function onlyPacket(bytes: Uint8Array): Uint8Array {
  const header = parseHeader(bytes);
  if (header?.tag !== TAG.signature || header.length.kind !== 'whole')
    throw new DomainError('signature-form');
  const end = header.size + header.length.bytes;
  if (end > bytes.length) throw new DomainError('signature-form');
  if (end < bytes.length)
    throw new DomainError(
      parseHeader(bytes.subarray(end))?.tag === TAG.signature
        ? 'too-many-signatures'
        : 'signature-form',
    );
  return bytes.subarray(header.size, end);
}
