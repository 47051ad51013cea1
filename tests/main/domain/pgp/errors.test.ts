import { expect, test } from 'vitest';
import { DomainError } from '../../../../main/domain/errors/index.ts';
import { pgpErrors } from '../../../../main/domain/errors/pgp.ts';
import type { SealRefusal } from '../../../../main/domain/pgp/engine.ts';

const REFUSALS: Readonly<Record<SealRefusal, true>> = {
  'certificate-revoked': true,
  'certificate-expired': true,
  'certificate-not-yet-valid': true,
  'certificate-sha1': true,
  'certificate-rsa-short': true,
  'certificate-weak-algorithm': true,
  'certificate-no-encryption': true,
  'certificate-designated-revoker': true,
};

test('each reason not to seal has its own sentence, with the name in it', () => {
  const sentences = (Object.keys(REFUSALS) as SealRefusal[]).map(
    (code) => new DomainError(code, { name: 'Amina Diallo', algorithm: 'DSA 1024' }).message,
  );
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) expect(sentence).toContain('Amina Diallo');
});

test('every sentence ends as a sentence, and every error says what to do', () => {
  for (const [code, { message, hint }] of Object.entries(pgpErrors)) {
    expect(message, code).toMatch(/^[A-Z{].*\.$/s);
    expect(hint, code).toMatch(/^[A-Z].*\.$/s);
    expect(`${message} ${hint}`, code).not.toMatch(/please|successfully|!/i);
  }
});
