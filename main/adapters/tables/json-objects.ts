import { DomainError } from '../../domain/errors/index.ts';

/** A longer object is no row. */
const LONGEST = 16 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The objects of JSON Lines, some at a time. @throws DomainError `table-damaged` with the line */
export async function* jsonLines(texts: AsyncIterable<string>): AsyncIterable<JsonObject[]> {
  let rest = '';
  let line = 0;
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw tooLong(line + 1);
    const found: JsonObject[] = [];
    for (const one of lines) {
      line += 1;
      if (one.trim() !== '') found.push(objectOf(one, line));
    }
    yield found;
  }
  if (rest.trim() !== '') yield [objectOf(rest, line + 1)];
}

/**
 * The objects of one JSON array, some at a time. The array is only cut between its members, by
 * depth and quotes; what each member says is read by the same reader as a line of JSON Lines.
 * @throws DomainError `table-damaged` with the number of the object
 */
export async function* jsonArray(texts: AsyncIterable<string>): AsyncIterable<JsonObject[]> {
  const cutter = new ArrayCutter();
  for await (const text of texts) yield cutter.take(text);
  cutter.end();
}

class ArrayCutter {
  #held = '';
  #place: 'before' | 'item' | 'between' | 'after' = 'before';
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #count = 0;
  #wantsItem = true;

  take(text: string): JsonObject[] {
    const found: JsonObject[] = [];
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const sign = text.charAt(index);
      if (this.#place !== 'item') {
        if (/[\s\ufeff]/.test(sign)) continue;
        if (!this.#step(sign)) throw this.#damaged('is not where an object can be');
        if (!this.#isInItem()) continue;
        start = index;
      }
      if (!this.#ends(sign)) continue;
      this.#count += 1;
      found.push(objectOf(this.#held + text.slice(start, index + 1), this.#count));
      this.#held = '';
      this.#place = 'between';
      this.#wantsItem = false;
    }
    if (this.#place === 'item') this.#held += text.slice(start);
    if (this.#held.length > LONGEST) throw tooLong(this.#count + 1);
    return found;
  }

  end(): void {
    if (this.#place !== 'after') throw this.#damaged('is missing: the array does not end');
  }

  #isInItem(): boolean {
    return this.#place === 'item';
  }

  /** A sign between objects. */
  #step(sign: string): boolean {
    if (this.#place === 'before' && sign === '[') this.#place = 'between';
    else if (this.#place === 'between' && sign === '{' && this.#wantsItem) this.#place = 'item';
    else if (this.#place === 'between' && sign === ',' && !this.#wantsItem) this.#wantsItem = true;
    else if (this.#place === 'between' && sign === ']' && (!this.#wantsItem || this.#count === 0))
      this.#place = 'after';
    else return false;
    return true;
  }

  /** A sign within an object; true for its last. */
  #ends(sign: string): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (sign === '\\') this.#escaped = this.#quoted;
    else if (sign === '"') this.#quoted = !this.#quoted;
    else if (!this.#quoted && (sign === '{' || sign === '[')) this.#depth += 1;
    else if (!this.#quoted && (sign === '}' || sign === ']')) this.#depth -= 1;
    return this.#depth === 0;
  }

  #damaged(problem: string): DomainError {
    return new DomainError('table-damaged', { line: this.#count + 1, problem });
  }
}

function objectOf(text: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('table-damaged', { line, problem: 'is no JSON' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DomainError('table-damaged', { line, problem: 'is no object' });
  if (hasInexactNumber(text))
    throw new DomainError('table-damaged', {
      line,
      problem: 'has a number with more digits than can be kept exactly; write it as a text',
    });
  return value as JsonObject;
}

/** More than fifteen digits: reading and writing it could give another number. */
function hasInexactNumber(text: string): boolean {
  if (!/\d{16}|\d\.\d{15}/.test(text)) return false;
  const numbers = text.replace(/"(?:[^"\\]|\\.)*"/gs, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
  return numbers.some((number) => (number.split(/e/i)[0] ?? '').replace(/\D/g, '').length > 15);
}

function tooLong(line: number): DomainError {
  return new DomainError('table-damaged', { line, problem: 'is longer than 16 MB' });
}
