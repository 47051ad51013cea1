import type { z } from 'zod';
import { escapeForDisplay } from '../escape.ts';

/** What is wrong with one member of a document, in plain words: `{field} {problem}` is a sentence. */
export interface Problem {
  /** `files[3].sha256`, or `the document`. */
  readonly field: string;
  readonly problem: string;
}

type Issue = z.core.$ZodIssue;

const MOST = 8;
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};
const FORMS: Readonly<Record<string, string>> = {
  datetime: 'must be a time in UTC such as 2026-05-03T12:00:00Z',
  date: 'must be a date such as 2026-05-03',
  uuid: 'must be a UUID of version 7',
};

/** At most eight problems; members that are not known come first, each named. */
export function problemsOf(error: z.ZodError, value: unknown): Problem[] {
  const unknown = error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  const rest = error.issues.filter((issue) => issue.code !== 'unrecognized_keys');
  return [...unknown, ...rest].slice(0, MOST).flatMap((issue) => problemOf(issue, value));
}

/** The first problem; see `problemsOf`. */
export function firstProblem(error: z.ZodError, value: unknown): Problem {
  return problemsOf(error, value)[0] ?? { field: 'the document', problem: 'is refused' };
}

/** `files[3].sha256`, safe to show. */
export function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return name === '' ? 'the document' : escapeForDisplay(name);
}

function problemOf(issue: Issue, value: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MOST).map((key) => ({
      field: fieldName([...issue.path, key]),
      problem: 'is not a known member',
    }));
  return [{ field: fieldName(issue.path), problem: describe(issue, value) }];
}

function describe(issue: Issue, value: unknown): string {
  if (issue.path.length > 0 && at(value, issue.path) === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'set'
        ? `must have at least ${String(issue.minimum)} items`
        : `must be at least ${String(issue.minimum)}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'set'
        ? `must have at most ${String(issue.maximum)} items`
        : `must be at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_format':
      return FORMS[issue.format] ?? said(issue.message, 'does not have the form that is expected');
    default:
      return said(issue.message, 'is not what is expected');
  }
}

/** A message of our own schemas, which begins in lower case; the library's own are not shown. */
function said(message: string, otherwise: string): string {
  return /^[a-z]/.test(message) ? message : otherwise;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let place = value;
  for (const part of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, part))
      return undefined;
    place = (place as Record<PropertyKey, unknown>)[part];
  }
  return place;
}
