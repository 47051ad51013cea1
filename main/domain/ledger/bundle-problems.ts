import { PROBLEMS, type ProblemCode } from './problems.ts';

/** What only a bundle can have wrong; everything else has the codes of a ledger (problems.ts). */
const OF_BUNDLES = {
  'opening-unnamed': 'No entry commits to this text.',
  'exporter-unknown': 'Who made this bundle is no member of the ledger.',
  'proof-wrong': 'An entry is not proved to be in the tree that the checkpoint signs.',
  'previous-other': 'The older bundle is of another ledger.',
  'previous-unclear': 'This bundle does not hold what a comparison with the older one needs.',
} as const;

export type BundleProblemCode = ProblemCode | keyof typeof OF_BUNDLES;

/** Something wrong in a bundle. Codes never change their meaning; verify.py uses the same. */
export interface BundleProblem {
  /** As people read it: `entry 17`, `receipts/….json`, `checkpoints.jsonl line 3`, `previous`. */
  readonly place: string;
  readonly code: BundleProblemCode;
  readonly seq?: number;
  readonly file?: string;
}

/** A broken bundle of a million entries still gives a list that can be read. */
const MOST_OF_A_KIND = 20;
const ONCE: ReadonlySet<BundleProblemCode> = new Set(['checkpoint-root']);

/** Gathers problems of a bundle, at most so many of a kind. */
export class BundleProblems {
  readonly #found: BundleProblem[] = [];
  readonly #counts = new Map<BundleProblemCode, number>();

  atEntry(seq: number, code: BundleProblemCode): void {
    this.#add({ place: `entry ${seq}`, code, seq });
  }

  /** @param line from 1, for a file of lines */
  atFile(file: string, code: BundleProblemCode, line?: number): void {
    this.#add({ place: line === undefined ? file : `${file} line ${line}`, code, file });
  }

  get list(): readonly BundleProblem[] {
    return this.#found;
  }

  has(code: BundleProblemCode): boolean {
    return this.#counts.has(code);
  }

  #add(problem: BundleProblem): void {
    const count = this.#counts.get(problem.code) ?? 0;
    this.#counts.set(problem.code, count + 1);
    if (count < (ONCE.has(problem.code) ? 1 : MOST_OF_A_KIND)) this.#found.push(problem);
  }
}

/** What a problem means, in a sentence. */
export function bundleProblemText({ place, code, seq, file }: BundleProblem): string {
  const sentence = { ...PROBLEMS, ...OF_BUNDLES }[code];
  return (seq === undefined ? withoutSeq(sentence) : sentence)
    .replace('{seq}', String(seq))
    .replace('{file}', file ?? place);
}

/** A problem as one line: the place, what it means, the code. */
export function describeBundleProblem(problem: BundleProblem): string {
  return `${problem.place}: ${bundleProblemText(problem)} [${problem.code}]`;
}

/** The place is a line or a member: the sentence is about what stands there. */
function withoutSeq(sentence: string): string {
  return sentence
    .replace('The checkpoint after entry {seq}', 'This checkpoint')
    .replace(/^Entry \{seq\}/, 'This entry')
    .replace('entry {seq}', 'an entry');
}
