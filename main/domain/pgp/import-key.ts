import { DomainError } from '../errors/index.ts';
import { algorithmName } from './algorithms.ts';
import { readArmor } from './armor.ts';
import { MAX_CERTIFICATE_BYTES, splitPackets } from './key-packets.ts';
import { viewCertificate } from './certificate-view.ts';
import type { NewKey } from './engine.ts';
import { newKey, revocationCertificate } from './keys.ts';
import { readPrivateKey } from './library.ts';
import type { Config, PrivateKey, SecretKeyPacket } from './library.ts';
import { secretOf } from './own-key.ts';
import { TAG, parseHeader } from './packet-header.ts';
import { encryptionKeyAt, signingKeyAt } from './policy.ts';
import { LENIENT, STRICT } from './profile.ts';

/**
 * Takes an existing secret key, as `gpg --export-secret-keys` writes it, binary or armored. Every
 * secret part that is used is unlocked and checked against its public part; the key has to be fit
 * to be sealed to and to sign.
 *
 * @throws DomainError `not-a-secret-key`, `certificate-too-large`, `armor-damaged`,
 *   `key-passphrase-needed`, `key-passphrase-wrong`, `key-protection-unknown`, `key-stub`,
 *   `key-damaged`, and what `encryptionKeyAt` and `signingKeyAt` say
 */
export async function importKey(
  bytes: Uint8Array,
  passphrase: string | undefined,
  at: Date,
): Promise<NewKey> {
  const key = await readSecret(binary(bytes));
  const view = await viewCertificate(key.toPublic().write());
  const needed = [view.primary, signingKeyAt(view, at), encryptionKeyAt(view, at)];
  for (const part of needed) {
    const packet = secretOf(key, part);
    if (packet.isMissingSecretKeyMaterial())
      throw new DomainError('key-stub', {
        what: part === view.primary ? 'the primary key' : `the subkey ${algorithmName(packet)}`,
      });
  }
  for (const { keyPacket } of key.getKeys()) await unlock(keyPacket as SecretKeyPacket, passphrase);
  return newKey(key, await revocationCertificate(key, at), at);
}

function binary(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.subarray(0, 2 * MAX_CERTIFICATE_BYTES)).toString('latin1');
  const isArmored = text.trimStart().startsWith('-----BEGIN PGP');
  const armored = isArmored ? readArmor(text) : undefined;
  if (armored && armored.type !== 'PRIVATE KEY BLOCK') throw new DomainError('not-a-secret-key');
  const found = armored?.bytes ?? bytes;
  if (found.length > MAX_CERTIFICATE_BYTES)
    throw new DomainError('certificate-too-large', { what: 'more than 256 KiB' });
  if (parseHeader(found)?.tag !== TAG.secretKey) throw new DomainError('not-a-secret-key');
  const keys = splitPackets(found).filter(({ tag }) => tag === TAG.secretKey);
  if (keys.length > 1) throw new DomainError('certificate-several');
  return found;
}

async function readSecret(binaryKey: Uint8Array): Promise<PrivateKey> {
  try {
    return await readPrivateKey({ binaryKey, config: LENIENT });
  } catch (cause) {
    throw new DomainError('not-a-secret-key', {}, { cause });
  }
}

async function unlock(packet: SecretKeyPacket, passphrase: string | undefined): Promise<void> {
  if (packet.isMissingSecretKeyMaterial()) return;
  if (!packet.isDecrypted()) {
    if (passphrase === undefined || passphrase === '')
      throw new DomainError('key-passphrase-needed');
    await decrypt(packet, passphrase);
  }
  try {
    await packet.validate();
  } catch (cause) {
    throw new DomainError('key-damaged', {}, { cause });
  }
}

async function decrypt(packet: SecretKeyPacket, passphrase: string): Promise<void> {
  try {
    // The published types leave out the configuration, which bounds the memory of Argon2.
    const unlocking: { decrypt(passphrase: string, config: Config): Promise<void> } = packet;
    await unlocking.decrypt(passphrase, STRICT);
  } catch (cause) {
    const isWrong = cause instanceof Error && cause.message.startsWith('Incorrect key passphrase');
    throw new DomainError(
      isWrong ? 'key-passphrase-wrong' : 'key-protection-unknown',
      {},
      { cause },
    );
  }
}
