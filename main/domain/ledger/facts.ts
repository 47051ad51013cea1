import type { Digest, Fingerprint, Role } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { Opening } from '../vault/journal.ts';
import type { Entry } from './entry.ts';
import type { EntryType } from './entry-types.ts';
import { shapeOf, type Meaning, type Shape } from './shape.ts';
import { TAGS, tagged, wordsOfLeaf, wordsOfOpening, type Tag } from './words.ts';

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

/** Members of `subject` have words of their own; all other texts go by what they mean. */
const SUBJECT_TAGS: Readonly<Record<string, Tag>> = {
  'subject.package': TAGS.package,
  'subject.case': TAGS.case,
  'subject.contact': TAGS.contact,
};

/** Collects what the texts of one entry say, each with its path such as `subject.case`. */
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

  add(meaning: Meaning, path: string, text: string): void {
    const tag = SUBJECT_TAGS[path];
    if (tag !== undefined) this.#word(tagged(tag, text));
    else for (const word of wordsOfLeaf(meaning, text)) this.#word(word);
    if (meaning === 'commitment') this.#commitments.push(text);
    if (meaning === 'evidence') this.#evidence.push(text);
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

  #word(word: string): void {
    if (!this.#words.includes(word)) this.#words.push(word);
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
  } else if (typeof value === 'string' && isOfUse(shape.meaning, path)) {
    gatherer.add(shape.meaning, path, value);
  }
}

/** The actor has a word of its own, and `prev` is the chain's. */
export function isOfUse(meaning: Meaning, path: string): boolean {
  return meaning !== 'plain' && path !== 'prev' && !path.startsWith('actor');
}
