import { readPrivateKey } from 'openpgp';
import { openSlot } from '../../support/open-slot.ts';

/**
 * The keys that a vault's passphrase opens, read from vault.json alone: what must not be found
 * in any memory. The vault itself is not touched.
 */
export async function keysOf(folder: string, passphrase: string): Promise<[string, Uint8Array][]> {
  const { x25519, keys, own } = await openSlot(folder, passphrase);
  return [
    ['key of the slot', x25519],
    ...keys.v.flatMap((key) => named('key of vault.db', key)),
    ...keys.l.flatMap((key) => named('key of ledger.db', key)),
    ...(await Promise.all(own.map((key) => secretParts(key.bytes)))).flat(),
  ];
}

const named = (name: string, key: Uint8Array): [string, Uint8Array][] => [
  [name, key],
  [`${name}, hex`, Buffer.from(Buffer.from(key).toString('hex'))],
];

/** The secret numbers of an OpenPGP key and its subkeys, which stand alone in memory when used. */
export async function secretParts(bytes: Uint8Array): Promise<[string, Uint8Array][]> {
  const key = await readPrivateKey({ binaryKey: bytes });
  return key.getKeys().flatMap(({ keyPacket }, index) => {
    const { privateParams } = keyPacket as unknown as { privateParams: Record<string, unknown> };
    return Object.values(privateParams).flatMap((part): [string, Uint8Array][] =>
      part instanceof Uint8Array ? [[`key of the officer, ${String(index)}`, part]] : [],
    );
  });
}
