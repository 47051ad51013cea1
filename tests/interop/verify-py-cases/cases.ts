import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBundle, type BundleVerdict } from '../../../main/adapters/evidence/verify-bundle.ts';
import { exportBundle } from '../../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../../fixtures/ledger/lived-in.ts';
import { engine } from '../../fixtures/ledger/office.ts';
import { askVerifyPy, placesOf, type Said } from '../verify-py.ts';

/** A bundle that something was done to, and what both verifiers have to say of it. */
export interface Case {
  readonly name: string;
  /** Changes the folder, which holds a good whole bundle of the ledger. */
  readonly make: (folder: string, ledger: LivedIn) => void | Promise<void>;
  readonly trust?: (ledger: LivedIn) => readonly string[];
  /** An older bundle, relative to the folder of all cases. */
  readonly previous?: string;
  readonly exit: 0 | 3 | 4;
  /** Places and codes that have to be among what is found, `*` for any text. */
  readonly places?: readonly string[];
  /** Words of the conclusion. */
  readonly says?: string;
}

export interface Judged {
  readonly folder: string;
  readonly ours: BundleVerdict;
  readonly theirs: Said;
}

/** A ledger that has seen a few days, its bundle, and copies of it with something done to them. */
export class Cases {
  readonly root = mkdtempSync(join(tmpdir(), 'valise-cases-'));
  readonly ledger: LivedIn;
  readonly bundle: string;
  readonly #judged = new Map<string, Judged>();

  static async prepare(): Promise<Cases> {
    const cases = new Cases(await livedIn());
    await exportBundle(cases.ledger.office, cases.ledger.aminaAnew, cases.bundle);
    return cases;
  }

  private constructor(ledger: LivedIn) {
    this.ledger = ledger;
    this.bundle = join(this.root, 'bundle');
  }

  /** Makes all cases, and has both verifiers judge each. */
  async judge(cases: readonly Case[]): Promise<void> {
    const asked = [];
    for (const [index, { make, trust, previous }] of cases.entries()) {
      const folder = join(this.root, String(index));
      cpSync(this.bundle, folder, { recursive: true, verbatimSymlinks: true });
      await make(folder, this.ledger);
      asked.push({
        folder,
        trust: trust?.(this.ledger) ?? [this.ledger.aminaAnew.fingerprint],
        ...(previous === undefined ? {} : { previous: join(this.root, previous) }),
      });
    }
    const asking = askVerifyPy(asked);
    const ours: BundleVerdict[] = [];
    for (const { folder, ...options } of asked)
      ours.push(await verifyBundle(folder, { ...options, engine }));
    const theirs = await asking;
    for (const [index, { name }] of cases.entries()) {
      const judged = { folder: asked[index]?.folder, ours: ours[index], theirs: theirs[index] };
      this.#judged.set(name, judged as Judged);
    }
  }

  /** What both said, in one form: equal to `expected` when both are right. */
  verdictsOn({ name, places = [], says }: Case): object {
    const judged = this.#judged.get(name);
    if (!judged) throw new Error(`${name} was not judged`);
    const { ours, theirs } = judged;
    const told = (exit: number, found: readonly string[], lines: readonly string[]) => ({
      exit,
      missed: places.filter((place) => !found.some((each) => matches(each, place))),
      says: says === undefined || lines.at(-1)?.includes(says) ? 'as it should' : lines.at(-1),
    });
    return {
      ours: told(ours.exit, placesOf(ours), ours.lines),
      theirs: told(theirs.exit, theirs.places, theirs.lines),
      places: { ours: placesOf(ours), theirs: theirs.places },
    };
  }

  /** What `verdictsOn` answers when both are right and found the same places. */
  expected(each: Case): object {
    const { theirs } = this.#judged.get(each.name) ?? {};
    const right = { exit: each.exit, missed: [], says: 'as it should' };
    return {
      ours: right,
      theirs: right,
      places: { ours: theirs?.places, theirs: theirs?.places },
    };
  }

  dispose(): void {
    this.ledger.office.dispose();
    rmSync(this.root, { recursive: true, force: true });
  }
}

function matches(found: string, place: string): boolean {
  const [before = '', after] = place.split('*');
  return after === undefined ? found === place : found.startsWith(before) && found.endsWith(after);
}
