import { isValidIBAN } from 'ibantools';
import type { Row } from './table-port.ts';
import { textOf } from './rules.ts';

/** What a column may hold of people. */
export const PERSONAL_KINDS = [
  'email',
  'phone',
  'iban',
  'payment-card',
  'national-number',
  'ip-address',
  'birth-date',
  'name',
  'address',
  'password',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Why a column looks personal: so many of its filled values, or its heading. */
export interface Suspicion {
  readonly kind: PersonalKind;
  readonly values: number;
  readonly byHeading: boolean;
}

export interface ColumnLook {
  readonly name: string;
  /** Values that are not empty, among the rows that were looked at. */
  readonly filled: number;
  readonly suspicions: readonly Suspicion[];
}

/**
 * Points out what looks like personal data in the first rows. It misses some, and suspects some
 * that is none: a person decides.
 */
export function lookAt(columns: readonly string[], rows: readonly Row[]): ColumnLook[] {
  return columns.map((name, index) => {
    const values = rows.map((row) => textOf(row[index]).trim()).filter((value) => value !== '');
    const suspicions = PERSONAL_KINDS.flatMap((kind): Suspicion[] => {
      const found = values.filter(VALUES[kind]).length;
      const byHeading = HEADINGS[kind].test(name);
      return found > 0 || byHeading ? [{ kind, values: found, byHeading }] : [];
    });
    return { name, filled: values.length, suspicions };
  });
}

const never = () => false;

const VALUES: Readonly<Record<PersonalKind, (value: string) => boolean>> = {
  email: (value) => /^[^\s@,;<>]{1,64}@[^\s@,;<>]+\.[A-Za-z]{2,24}$/.test(value),
  phone: (value) =>
    /^(?:\+|00|0|\()[\d\s().\-/]{6,22}$/.test(value) && digits(value).length >= 7 && !isDay(value),
  iban: (value) =>
    /^[A-Z]{2}\d{2}/i.test(value) && isValidIBAN(value.replace(/\s/g, '').toUpperCase()),
  'payment-card': (value) => /^\d[\d -]{11,22}\d$/.test(value) && isCard(digits(value)),
  'national-number': (value) => isFrench(value) || isSpanish(value) || isAmerican(value),
  'ip-address': (value) =>
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(value) ||
    (/^[\da-f:]{3,39}$/i.test(value) && value.split(':').length > 3),
  'birth-date': never,
  name: never,
  address: never,
  password: never,
};

/** Words of headings, in several languages; what they hold cannot be told by its form. */
const HEADINGS: Readonly<Record<PersonalKind, RegExp>> = {
  email: /e-?mail|courriel|correo/i,
  phone: /phone|mobile|\btel\b|t[ée]l[ée]ph|telefon|telefono/i,
  iban: /\biban\b|bank.?account|compte.?bancaire/i,
  'payment-card': /card.?(no|num)|\bpan\b|credit.?card|carte.?(bleue|bancaire)/i,
  'national-number':
    /\bssn\b|national.?(id|number)|passport|\bnir\b|\bdni\b|tax.?(id|number)|social.?sec/i,
  'ip-address': /\bip\b|ip.?addr/i,
  'birth-date': /birth|\bdob\b|naissance|geburt|nacimiento/i,
  name: /(^|[^a-z])(name|nom|pr[ée]nom|surname|first.?name|last.?name|apellido|nombre|vorname|nachname)([^a-z]|$)/i,
  address: /address|adresse|direcci[oó]n|street|\brue\b|postcode|zip.?code/i,
  password: /passw|\bpwd\b|\bpin\b|mot.?de.?passe|contrase/i,
};

const digits = (value: string) => value.replace(/\D/g, '');
const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}/.test(value);

/** Luhn's check, ISO/IEC 7812-1, and a length and a first digit that cards have. */
function isCard(number: string): boolean {
  if (number.length < 13 || number.length > 19 || !/^[2-6]/.test(number)) return false;
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** NIR: 13 digits and a key, 97 minus the remainder. */
function isFrench(value: string): boolean {
  const number = value.replace(/\s/g, '');
  if (!/^[12]\d{14}$/.test(number)) return false;
  return 97 - Number(BigInt(number.slice(0, 13)) % 97n) === Number(number.slice(13));
}

/** DNI and NIE: a letter that follows from the number. */
function isSpanish(value: string): boolean {
  const match = /^([XYZ]?)(\d{7,8})-?([A-Z])$/i.exec(value);
  if (!match) return false;
  const [, prefix = '', number = '', letter = ''] = match;
  const first = prefix === '' ? '' : String('XYZ'.indexOf(prefix.toUpperCase()));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(first + number) % 23] === letter.toUpperCase();
}

/** SSN as people write it. */
function isAmerican(value: string): boolean {
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(value);
}
