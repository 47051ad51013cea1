import { expect, test } from 'vitest';
import { parseUserId, writeUserId } from '../../../../main/domain/pgp/user-id.ts';

test('a name is composed, an address kept as it is', () => {
  expect(writeUserId('Zoe\u0308 O’Hara', 'zoe@example.org')).toBe(
    'Zo\u00EB O’Hara <zoe@example.org>',
  );
});

test.each([
  ['Amina Diallo <amina@example.org>', { name: 'Amina Diallo', email: 'amina@example.org' }],
  ['Amina (work) <amina@example.org>', { name: 'Amina (work)', email: 'amina@example.org' }],
  ['amina@example.org', { name: '', email: 'amina@example.org' }],
  ['<amina@example.org>', { name: '', email: 'amina@example.org' }],
  ['Amina Diallo', { name: 'Amina Diallo' }],
  ['Amina <not an address>', { name: 'Amina' }],
  ['Amina <a@example.org> <b@example.org>', { name: 'Amina <a@example.org> <b@example.org>' }],
])('%s is taken apart', (text, parts) => {
  expect(parseUserId(text)).toEqual({ text, ...parts });
});
