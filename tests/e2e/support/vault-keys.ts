import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateKey } from 'openpgp';
import { Argon2idKdf } from '../../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../../main/adapters/keys/hpke.ts';
import { parseHeader } from '../../../main/domain/vault/header.ts';
import { passphraseBytes } from '../../../main/domain/vault/passphrase.ts';
import { readSlot, unwrapSlot } from '../../../main/domain/vault/slots.ts';

/**
 * The keys that a vault's passphrase opens, read from vault.json alone: what must not be found
 * in any memory. The vault itself is not touched.
 */
export async function keysOf(folder: string, passphrase: string): Promise<[string, Uint8Array][]> {
  const { vaultId, slots } = parseHeader(readFileSync(join(folder, 'vault.json')));
  const kdf = new Argon2idKdf();
  const box = new HpkeBox();
  for (const slot of slots) {
    const x25519 = await unwrapSlot(slot, vaultId, passphraseBytes(passphrase), kdf);
    if (x25519 === undefined) continue;
    const { keys, own } = await readSlot(slot, vaultId, x25519, box);
    return [
      ['key of the slot', x25519],
      ...keys.v.flatMap((key) => named('key of vault.db', key)),
      ...keys.l.flatMap((key) => named('key of ledger.db', key)),
      ...(await Promise.all(own.map((key) => secretParts(key.bytes)))).flat(),
    ];
  }
  throw new Error('The passphrase opens no slot.');
}

const named = (name: string, key: Uint8Array): [string, Uint8Array][] => [
  [name, key],
  [`${name}, hex`, Buffer.from(Buffer.from(key).toString('hex'))],
];

/** The secret numbers of an OpenPGP key and its subkeys, which stand alone in memory when used. */
async function secretParts(bytes: Uint8Array): Promise<[string, Uint8Array][]> {
  const key = await readPrivateKey({ binaryKey: bytes });
  return key.getKeys().flatMap(({ keyPacket }, index) => {
    const { privateParams } = keyPacket as unknown as { privateParams: Record<string, unknown> };
    return Object.values(privateParams).flatMap((part): [string, Uint8Array][] =>
      part instanceof Uint8Array ? [[`key of the officer, ${String(index)}`, part]] : [],
    );
  });
}
