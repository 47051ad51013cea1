import type { Digest, Fingerprint, Role } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { Opening } from '../vault/journal.ts';
import type { Entry } from './entry.ts';
import type { EntryType } from './entry-types.ts';
import { shapeOf, type Meaning, type Shape } from './shape.ts';
import { codeWords, TAGS, tagged, wordsOfOpening, type Tag } from './words.ts';

/** What the store and the verifier need of an entry, without its whole tree of objects. */
export interface EntryFacts {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Fingerprint;
  readonly role: Role;
  readonly type: EntryType;
  readonly prev: Digest;
  /** Its words in the full-text index, each once, those of its openings left out. */
  readonly words: readonly string[];
  /** Digests that `openings` must explain. */
  readonly commitments: readonly Digest[];
  /** Digests that `evidence` must hold. */
  readonly evidence: readonly Digest[];
}

/** All words of an entry, with those of its openings. */
export function allWords(facts: EntryFacts, opening: (digest: Digest) => Opening | undefined) {
  if (facts.commitments.length === 0) return facts.words;
  const opened = facts.commitments.flatMap((digest) => {
    const found = opening(digest);
    return found === undefined ? [] : wordsOfOpening(found);
  });
  return [...new Set([...facts.words, ...opened])];
}

/** The facts of an entry that was read strictly. */
export function factsOf(entry: Entry): EntryFacts {
  const { seq, at, actor, type, prev } = entry;
  const gatherer = new FactsGatherer(type, actor.fingerprint);
  visit(shapeOf(type), entry, '', gatherer);
  return gatherer.facts(seq, at, actor.role, prev);
}

/** What a text at some place of an entry is good for. */
export interface Use {
  readonly meaning: Meaning;
  /** What makes it a word, such as `d=`. */
  readonly prefix: string | undefined;
  /** No other place of the entry can give the same word. */
  readonly once: boolean;
}

const TAG_OF_PATH: Readonly<Record<string, Tag>> = {
  'subject.package': TAGS.package,
  'subject.case': TAGS.case,
  'subject.contact': TAGS.contact,
};
const TAG_OF_MEANING: Readonly<Partial<Record<Meaning, Tag>>> = {
  fingerprint: TAGS.fingerprint,
  digest: TAGS.digest,
  evidence: TAGS.digest,
  uuid: TAGS.uuid,
  country: TAGS.country,
  outcome: TAGS.outcome,
};

/**
 * The use of the texts at `path`; undefined when they have none. The actor has a word of its own,
 * and `prev` is the chain's.
 */
export function useOf(meaning: Meaning, path: string): Use | undefined {
  if (meaning === 'plain' || path === 'prev' || path.startsWith('actor')) return undefined;
  const ofPath = TAG_OF_PATH[path];
  const tag = ofPath ?? TAG_OF_MEANING[meaning];
  const prefix = tag === undefined ? undefined : tagged(tag, '');
  return { meaning, prefix, once: ofPath !== undefined };
}

/** Collects what the texts of one entry say. */
export class FactsGatherer {
  readonly #type: EntryType;
  readonly #actor: Fingerprint;
  readonly #words: string[];
  readonly #commitments: Digest[] = [];
  readonly #evidence: Digest[] = [];

  constructor(type: EntryType, actor: Fingerprint) {
    this.#type = type;
    this.#actor = actor;
    this.#words = [tagged(TAGS.type, type), tagged(TAGS.actor, actor)];
  }

  add({ meaning, prefix, once }: Use, text: string): void {
    if (prefix !== undefined) {
      const word = prefix + text;
      if (once || !this.#words.includes(word)) this.#words.push(word);
      if (meaning === 'evidence') this.#evidence.push(text);
    } else if (meaning === 'commitment') this.#commitments.push(text);
    else
      for (const word of codeWords(text)) if (!this.#words.includes(word)) this.#words.push(word);
  }

  facts(seq: number, at: Instant, role: Role, prev: Digest): EntryFacts {
    return {
      seq,
      at,
      actor: this.#actor,
      role,
      type: this.#type,
      prev,
      words: this.#words,
      commitments: this.#commitments,
      evidence: this.#evidence,
    };
  }
}

function visit(shape: Shape, value: unknown, path: string, gatherer: FactsGatherer): void {
  if (value === undefined) return;
  if (shape.kind === 'object') {
    for (const member of shape.members) {
      const inner = (value as Readonly<Record<string, unknown>>)[member.key];
      visit(member.shape, inner, path === '' ? member.key : `${path}.${member.key}`, gatherer);
    }
  } else if (shape.kind === 'list') {
    for (const item of value as readonly unknown[]) visit(shape.item, item, path, gatherer);
  } else if (typeof value === 'string') {
    const use = useOf(shape.meaning, path);
    if (use) gatherer.add(use, value);
  }
}
