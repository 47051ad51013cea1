/**
 * What a verification can find wrong, each with its sentence. `entry` in a sentence is the entry
 * that the problem names. Codes never change their meaning; verify.py uses the same.
 */
export const PROBLEMS = {
  'entry-missing': 'Entry {seq} is missing.',
  'entry-too-large': 'Entry {seq} has more than 4096 bytes.',
  'not-canonical': 'Entry {seq} is not in canonical form.',
  'version-unknown': 'Entry {seq} is of a version that this program does not know.',
  'entry-type-unknown': 'Entry {seq} is of a type that this program does not know.',
  'document-refused': 'Entry {seq} does not have the members that its type has.',
  'seq-wrong': 'Entry {seq} says that it is another one: entries were inserted, left out or moved.',
  'prev-mismatch': 'Entry {seq} does not continue the entry before it: one of the two was changed.',
  'time-order':
    'Entry {seq} is older than the one before it, and does not say that the clock went back.',

  'genesis-wrong': 'Entry {seq} is not the one genesis that speaks for its own key.',
  'actor-not-authorised': 'Entry {seq} was made by a key that had no such role then.',
  'role-exceeded': 'Entry {seq} is of a type that its role may not append.',
  'keys-chain': 'Entry {seq} does not name the keys entry before it.',
  'member-wrong': 'Entry {seq} changes a member or a key that is not as it says.',
  'rotation-unproven': 'Entry {seq} rotates a key, without a statement that both keys signed.',

  'node-mismatch': 'The stored tree is not the one that the entries give, from entry {seq} on.',
  'index-damaged':
    'The index of words is damaged from entry {seq} on: a search may miss entries that are there.',
  'index-mismatch': 'The index of words says something else about entry {seq} than the entry does.',

  'checkpoint-malformed': 'The checkpoint after entry {seq} is not in its one form.',
  'checkpoint-origin': 'The checkpoint after entry {seq} is of another ledger.',
  'checkpoint-beyond': 'A checkpoint is over more entries than there are: the end is missing.',
  'checkpoint-root': 'The checkpoint after entry {seq} was signed over other entries.',
  'checkpoint-head': 'The checkpoint after entry {seq} names another last entry.',
  'checkpoint-time': 'The checkpoint after entry {seq} has another time than the entry.',
  'checkpoint-keys': 'The checkpoint after entry {seq} names another keys entry.',
  'checkpoint-signature': 'The checkpoint after entry {seq} is not signed by who made that entry.',
  'checkpoint-missing': 'Nobody signed for the entries up to entry {seq}.',
  'checkpoint-not-last': 'The last checkpoint is not over the last entry.',

  'evidence-missing': 'What entry {seq} names by its digest is missing.',
  'evidence-mismatch': 'What entry {seq} names by its digest is something else.',
  'opening-missing': 'The text behind entry {seq} is missing.',
  'opening-mismatch': 'The text behind entry {seq} is not the one that it committed to.',
  'timestamp-mismatch': 'The time-stamp of entry {seq} is not over the checkpoint that it names.',
  'receipt-mismatch': 'The receipt of entry {seq} is about something else.',
  'receipt-signature': 'The receipt of entry {seq} is not signed by who it says.',

  'vault-ahead': 'vault.db knows of entries after entry {seq} that the ledger does not have.',
  'vault-behind': 'vault.db lacks the effects of entries from entry {seq} on.',
  'header-older': 'vault.json is not the one that is in force after entry {seq}.',
  rollback: 'Somebody knows this ledger with entry {seq}, which it does not have.',
  fork: 'Somebody knows this ledger with another entry {seq}.',

  'file-missing': 'A file of the bundle is missing: {file}.',
  'file-mismatch': 'A file of the bundle was changed: {file}.',
  'file-extra': 'A file does not belong to the bundle: {file}.',
  'file-malformed': 'A file of the bundle is not in its form: {file}.',
  'bundle-signature': 'bundle.json is not signed by who it says exported it.',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export interface Problem {
  readonly seq: number;
  readonly code: ProblemCode;
  /** Of a bundle: the file that it is about. */
  readonly file?: string;
}

/** After a first one of these, every later one says nothing new. */
const ONCE: ReadonlySet<ProblemCode> = new Set(['checkpoint-root', 'node-mismatch']);
const MOST_OF_A_KIND = 20;

/** Gathers problems: a broken ledger of a million entries still gives a list that can be read. */
export class Problems {
  readonly #found: Problem[] = [];
  readonly #counts = new Map<ProblemCode, number>();

  add(seq: number, code: ProblemCode, file?: string): void {
    const count = this.#counts.get(code) ?? 0;
    this.#counts.set(code, count + 1);
    if (count >= (ONCE.has(code) ? 1 : MOST_OF_A_KIND)) return;
    this.#found.push(file === undefined ? { seq, code } : { seq, code, file });
  }

  get none(): boolean {
    return this.#found.length === 0;
  }

  /** By entry; of one entry, in the order of finding. */
  list(): Problem[] {
    return [...this.#found].sort((a, b) => a.seq - b.seq);
  }
}
