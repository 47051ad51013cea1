import { writeArmor, type ArmorType } from '../../domain/pgp/armor.ts';

const FORMS: Readonly<Record<'PUBLIC KEY BLOCK' | 'SIGNATURE', RegExp>> = {
  'PUBLIC KEY BLOCK': form('PUBLIC KEY BLOCK'),
  SIGNATURE: form('SIGNATURE'),
};

/**
 * The bytes of exactly one block of ASCII armor with nothing around it, or undefined. Stricter
 * than for files that people bring: a bundle is written by a program, and `verify.py` reads it in
 * the same way. The checksum proves nothing and is not looked at.
 */
export function dearmor(armored: Uint8Array, type: keyof typeof FORMS): Uint8Array | undefined {
  const body = FORMS[type].exec(Buffer.from(armored).toString('latin1'))?.[1];
  const text = body?.replaceAll('\n', '');
  if (text === undefined || text.length % 4 !== 0 || /=[^=]/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

/** Armor around a signature packet as it stood in a message. */
export function armorSignature(packet: Uint8Array): string {
  return writeArmor('SIGNATURE', packet, true);
}

function form(type: ArmorType): RegExp {
  return new RegExp(
    `^-----BEGIN PGP ${type}-----\\n(?:[A-Za-z-]+: [ -~]*\\n)*\\n` +
      `((?:[A-Za-z0-9+/]{1,76}={0,2}\\n)+)(?:=[A-Za-z0-9+/]{4}\\n)?-----END PGP ${type}-----\\n?$`,
  );
}
