import { DomainError } from '../errors/index.ts';
import type { UserId } from './engine.ts';

const MAX_NAME = 200;
const MAX_EMAIL = 254;
/** One @, and nothing that ends or splits a user ID or an address list. */
const EMAIL = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+\.[^\s@<>()[\]\\,;:"\p{C}.]+$/u;
/**
 * Control, format (among them the marks that turn writing around) and unassigned characters; but
 * not the two joiners that Persian, Hindi and other names are written with.
 */
const INVISIBLE = /(?![\u200C\u200D])[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * `Name <email>`, in Unicode's composed form.
 *
 * @throws DomainError `user-id-name`, `user-id-email`
 */
export function writeUserId(name: string, email: string): string {
  const composed = name.normalize('NFC');
  const what = nameProblem(composed);
  if (what !== undefined) throw new DomainError('user-id-name', { what });
  if (email.length > MAX_EMAIL || !EMAIL.test(email)) throw new DomainError('user-id-email');
  return `${composed} <${email.normalize('NFC')}>`;
}

/** A user ID taken apart as far as it follows the usual form. */
export function parseUserId(text: string): UserId {
  const bracketed = /^([^<>]*?)\s*<([^<>]*)>\s*$/su.exec(text);
  if (bracketed) {
    const [, name = '', email = ''] = bracketed;
    return { text, name: name.trim(), ...(EMAIL.test(email) ? { email } : {}) };
  }
  if (EMAIL.test(text)) return { text, name: '', email: text };
  return { text, name: text.trim() };
}

function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (name !== name.trim()) return 'it begins or ends with a space';
  if (name.length > MAX_NAME) return `it is longer than ${MAX_NAME} characters`;
  if (/[<>]/.test(name)) return 'it contains < or >';
  if (INVISIBLE.test(name)) return 'it contains a character that cannot be seen';
  return undefined;
}
