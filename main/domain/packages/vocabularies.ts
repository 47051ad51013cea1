import { z } from 'zod';
import { Code } from '../identifiers.ts';
import dataCategory from './vocabularies/data-category.json';
import delayReason from './vocabularies/delay-reason.json';
import destruction from './vocabularies/destruction.json';
import disputeReason from './vocabularies/dispute-reason.json';
import handling from './vocabularies/handling.json';
import holdReason from './vocabularies/hold-reason.json';
import instrument from './vocabularies/instrument.json';
import legalBasis from './vocabularies/legal-basis.json';
import offence from './vocabularies/offence.json';
import ownershipEvidence from './vocabularies/ownership-evidence.json';
import purpose from './vocabularies/purpose.json';
import recallReason from './vocabularies/recall-reason.json';
import rejectionReason from './vocabularies/rejection-reason.json';
import remedy from './vocabularies/remedy.json';
import tlp from './vocabularies/tlp.json';
import transferBasis from './vocabularies/transfer-basis.json';
import verificationMethod from './vocabularies/verification-method.json';

/** One code of a pick-list. */
const Item = z.strictObject({
  code: Code,
  label: z.string().min(1),
  group: z.string().min(1).exactOptional(),
  /** A remark that belongs beside the label: "not in force". */
  note: z.string().min(1).exactOptional(),
  /** False for an instrument that binds nobody yet. */
  inForce: z.boolean().exactOptional(),
  /** A special category, or criminal data. */
  special: z.boolean().exactOptional(),
  /** Other words by which people look for it. */
  keywords: z.string().min(1).exactOptional(),
});
export type VocabularyItem = Readonly<z.infer<typeof Item>>;

/** A pick-list as its file holds it. */
const Vocabulary = z.strictObject({
  list: z.string(),
  title: z.string().min(1),
  source: z.string().min(1),
  version: z.string().min(1),
  /** `verified`: compared with the source. `known`: from general knowledge, to be compared. */
  status: z.enum(['verified', 'known']),
  items: z.array(Item).min(1),
});
export type Vocabulary = Readonly<z.infer<typeof Vocabulary>>;

const FILES = {
  instrument,
  'legal-basis': legalBasis,
  'transfer-basis': transferBasis,
  purpose,
  'data-category': dataCategory,
  offence,
  handling,
  tlp,
  'rejection-reason': rejectionReason,
  'delay-reason': delayReason,
  'hold-reason': holdReason,
  'dispute-reason': disputeReason,
  'recall-reason': recallReason,
  destruction,
  'verification-method': verificationMethod,
  'ownership-evidence': ownershipEvidence,
  remedy,
} as const;

/** The lists by name. A code never changes its meaning; codes are only added. */
export type ListName = keyof typeof FILES;
export const LIST_NAMES = Object.keys(FILES) as readonly ListName[];

const loaded = new Map<ListName, { list: Vocabulary; byCode: Map<string, VocabularyItem> }>();

function load(name: ListName) {
  const known = loaded.get(name);
  if (known) return known;
  const list = Vocabulary.parse(FILES[name]);
  const byCode = new Map(list.items.map((item) => [item.code, item]));
  const entry = { list, byCode };
  loaded.set(name, entry);
  return entry;
}

/** One list, with its source, version and status. */
export function vocabulary(name: ListName): Vocabulary {
  return load(name).list;
}

/** The item of a code; nothing for a code that the list does not know. */
export function lookUp(name: ListName, code: string): VocabularyItem | undefined {
  return load(name).byCode.get(code);
}

/** Whether the list knows `code`, letter by letter. */
export function isKnown(name: ListName, code: string): boolean {
  return load(name).byCode.has(code);
}

/**
 * The items that answer a query by code or by word: every word of the query begins a word of the
 * code, label, group, note or keywords. Case and accents do not count. Codes that begin with the
 * query come first; an empty query gives the whole list.
 */
export function searchList(name: ListName, query: string): readonly VocabularyItem[] {
  const { items } = load(name).list;
  const wanted = words(query);
  const found = items.filter((item) => {
    const there = words(
      [item.code, item.label, item.group, item.note, item.keywords].filter(Boolean).join(' '),
    );
    return wanted.every((word) => there.some((other) => other.startsWith(word)));
  });
  const code = query.trim().toLowerCase();
  const first = items.filter((item) => code !== '' && item.code.toLowerCase().startsWith(code));
  return [...first, ...found.filter((item) => !first.includes(item))];
}

function words(text: string): string[] {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
