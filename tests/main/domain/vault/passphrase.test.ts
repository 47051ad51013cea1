import { describe, expect, it } from 'vitest';
import { passphraseBytes, requirePassphrase } from '../../../../main/domain/vault/passphrase.ts';

const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('passphrase', () => {
  it('needs 12 characters, as people count them', () => {
    expect(() => requirePassphrase('a'.repeat(11))).toThrow(refused('passphrase-too-short'));
    expect(() => requirePassphrase('é'.normalize('NFD').repeat(6))).toThrow(
      refused('passphrase-too-short'),
    );
    expect(() => requirePassphrase('🔑'.repeat(11))).toThrow(refused('passphrase-too-short'));
    expect(() => requirePassphrase('🔑'.repeat(12))).not.toThrow();
    expect(() => requirePassphrase('a'.repeat(12))).not.toThrow();
    expect(() => requirePassphrase('a'.repeat(1025))).toThrow(refused('passphrase-too-long'));
  });

  it('derives the same from two keyboards, and keeps every character', () => {
    const composed = passphraseBytes('déjà vu à la carte');
    expect(passphraseBytes('déjà vu à la carte'.normalize('NFD'))).toEqual(composed);
    expect(passphraseBytes('déjà\u00a0vu\u2009à la carte')).toEqual(composed);
    expect(passphraseBytes(' x ')).toEqual(new TextEncoder().encode(' x '));
  });
});
