import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argon2idKdf } from '../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../main/adapters/keys/hpke.ts';
import { parseHeader, type Header, type Slot } from '../../main/domain/vault/header.ts';
import { passphraseBytes } from '../../main/domain/vault/passphrase.ts';
import { readSlot, unwrapSlot, type SlotContent } from '../../main/domain/vault/slots.ts';

export const kdf = new Argon2idKdf();
export const box = new HpkeBox();

export interface OpenedSlot extends SlotContent {
  readonly slot: Slot;
  readonly x25519: Uint8Array;
}

export const headerOf = (folder: string): Header =>
  parseHeader(readFileSync(join(folder, 'vault.json')));

/** All that a passphrase opens, read from vault.json alone. The vault itself is not touched. */
export async function openSlot(folder: string, passphrase: string): Promise<OpenedSlot> {
  const { vaultId, slots } = headerOf(folder);
  for (const slot of slots) {
    const x25519 = await unwrapSlot(slot, vaultId, passphraseBytes(passphrase), kdf);
    if (x25519 === undefined) continue;
    return { slot, x25519, ...(await readSlot(slot, vaultId, x25519, box)) };
  }
  throw new Error('The passphrase opens no slot.');
}
