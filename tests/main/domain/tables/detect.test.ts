import { expect, it } from 'vitest';
import { lookAt, type PersonalKind } from '../../../../main/domain/tables/detect.ts';

const kinds = (name: string, value: string) =>
  lookAt([name], [[value]]).flatMap(({ suspicions }) => suspicions.map(({ kind }) => kind));

/** Published examples and numbers with a right check digit, and the same with a wrong one. */
it.each<[PersonalKind, string, string]>([
  ['email', 'awa@people.example', 'awa at people.example'],
  ['phone', '+221 77 123 45 67', '77'],
  ['iban', 'DE89 3704 0044 0532 0130 00', 'DE88 3704 0044 0532 0130 00'],
  ['iban', 'FR1420041010050500013M02606', 'FR1420041010050500013M02607'],
  ['payment-card', '4111 1111 1111 1111', '4111 1111 1111 1112'],
  ['payment-card', '378282246310005', '378282246310006'],
  ['national-number', '255081416802538', '255081416802539'],
  ['national-number', '12345678Z', '12345678A'],
  ['national-number', '078-05-1120', '666-05-1120'],
  ['ip-address', '192.0.2.17', '192.0.2.256'],
  ['ip-address', '2001:db8::8a2e:370:7334', '12:30'],
])('%s: %s, but not %s', (kind, right, wrong) => {
  expect(kinds('column', right)).toContain(kind);
  expect(kinds('column', wrong)).not.toContain(kind);
});

it.each<[PersonalKind, string, string]>([
  ['name', 'first_name', 'filename'],
  ['name', 'Nom', 'economy'],
  ['email', 'e-mail', 'detail'],
  ['birth-date', 'Geburtsdatum', 'date'],
  ['password', 'password_hash', 'pass'],
  ['address', 'Adresse', 'addition'],
])('%s by its heading: %s, but not %s', (kind, right, wrong) => {
  expect(kinds(right, '')).toContain(kind);
  expect(kinds(wrong, '')).not.toContain(kind);
});

it('counts what is filled and what is suspected', () => {
  const rows = [['a@x.example'], [''], ['none'], ['b@x.example'], [undefined], [7]];
  expect(lookAt(['contact'], rows)).toEqual([
    {
      name: 'contact',
      filled: 4,
      suspicions: [{ kind: 'email', values: 2, byHeading: false }],
    },
  ]);
});

it('takes no day for a telephone number', () => {
  expect(kinds('when', '2026-11-26')).toEqual([]);
});
