import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';

/**
 * Two real ledgers that disagree, because somebody worked on a copy of a vault, or wrote down what
 * the other side never said: each disagreement is found and named from the two bundles alone.
 */
interface Compared {
  readonly equal: number;
  readonly findings: readonly { readonly code: string; readonly package: string; reason: string }[];
}

const place = new Workplace();
const a = new CliOffice(place, 'amina');
const b = new CliOffice(place, 'bruno');

/** The same vault from a copy, on a computer that remembers nothing of it. */
function copyOf(office: CliOffice): CliOffice {
  const copy = place.path(`copy-${office.name}`);
  cpSync(office.vault, copy, { recursive: true });
  const other = new CliOffice(place, office.name);
  Object.assign(other, { fingerprint: office.fingerprint });
  Object.assign(other.env, { VALISE_VAULT: copy, XDG_STATE_HOME: `${copy}-state` });
  return other;
}

const draft = () => a.draft([b.fingerprint], [place.path('a.txt')]);
const sent = (id: string, by = a): string => {
  const { path } = by.seal(id, place.path(`out-${id}-${by === a ? 'a' : 'copy'}`));
  by.ok('package', 'sent', id, '--by', 'the courier');
  return path;
};
/** Each ledger has a later act, so that nothing is only still under way. */
const close = (office: CliOffice) => {
  const file = place.json('later.json', {
    reference: `LATER-${office.name}`,
    title: 'x',
    counterpart: [],
  });
  office.ok('case', 'new', '--file', file);
  const bundle = place.path(`bundle-${office.name}`);
  office.ok('ledger', 'export', '--out', bundle);
  return bundle;
};

describe('five disagreements', () => {
  const ids = { equal: '', never: '', lacks: '', other: '', outcome: '', receipt: '' };
  let ran: ReturnType<typeof a.run<Compared>>;

  beforeAll(() => {
    a.init();
    b.init();
    acquainted(place, a, b);
    place.write('a.txt', 'to be compared\n');
    for (const name of ['equal', 'outcome', 'receipt', 'never', 'other'] as const)
      ids[name] = draft();
    for (const name of ['equal', 'outcome', 'receipt'] as const)
      b.ok('inbox', 'add', sent(ids[name]));
    const [copyA, copyB] = [copyOf(a), copyOf(b)];
    const receipts = place.path('receipts');
    const accept = (id: string, by: CliOffice) =>
      a.ok(
        'inbox',
        'add',
        by.ok<{ path: string }>('package', 'accept', id, '--out', receipts).path,
      );
    accept(ids.equal, b);
    accept(ids.outcome, b);
    sent(ids.never);
    // The copy of B accepted what B itself never accepted.
    accept(ids.receipt, copyB);
    // The copy of A sealed what A itself sealed as another file, and what A does not have at all.
    sent(ids.other);
    b.ok('inbox', 'add', sent(ids.other, copyA));
    ids.lacks = copyA.draft([b.fingerprint], [place.path('a.txt')]);
    b.ok('inbox', 'add', sent(ids.lacks, copyA));
    const letter = place.write('letter.txt', 'We destroyed it.');
    a.ok(
      ...['package', 'record', ids.outcome, '--outcome', 'destroyed'],
      ...['--evidence', letter, '--note', 'They wrote to us.'],
    );
    ran = a.run<Compared>('reconcile', close(a), close(b));
  }, 300_000);
  afterAll(() => {
    place.clean();
  });

  it.each([
    ['never', 'only-in-a', 'never-arrived'],
    ['lacks', 'only-in-b', 'sender-lacks-it'],
    ['other', 'other-digest', 'other-sealed-file'],
    ['outcome', 'other-outcome', 'recorded-not-said'],
    ['receipt', 'other-outcome', 'receipt-unknown'],
  ] as const)('%s: %s', (name, code, reason) => {
    const found = ran.json.findings.filter((finding) => finding.package === ids[name]);
    expect(found.map((finding) => [finding.code, finding.reason])).toContainEqual([code, reason]);
  });

  it('are all that is found, and the exit code says so', () => {
    expect(ran.code).toBe(4);
    const blamed = new Set(ran.json.findings.map((finding) => finding.package));
    expect(blamed).toEqual(new Set([ids.never, ids.lacks, ids.other, ids.outcome, ids.receipt]));
    expect(ran.json.equal).toBe(1);
  });

  it('are the same from the other side', () => {
    const [first, second] = ['bundle-bruno', 'bundle-amina'].map((name) => place.path(name));
    const back = a.run<Compared>('reconcile', first ?? '', second ?? '');
    expect(back.code).toBe(4);
    expect(back.json.findings).toHaveLength(ran.json.findings.length);
  });
});
