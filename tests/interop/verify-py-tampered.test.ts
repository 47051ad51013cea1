import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBundle, linesOf } from '../fixtures/bundles.ts';
import { livedIn } from '../fixtures/ledger/lived-in.ts';
import { AUTHORITY } from './verify-py-cases/authority.ts';
import { Cases } from './verify-py-cases/cases.ts';
import { CHECKPOINT } from './verify-py-cases/checkpoints.ts';
import { ENTRIES } from './verify-py-cases/entries.ts';
import { EVIDENCE, PART } from './verify-py-cases/evidence.ts';
import { FILES } from './verify-py-cases/files.ts';
import { PREVIOUS, WITHOUT_TRUST } from './verify-py-cases/signer.ts';

const GROUPS = {
  'the signer': WITHOUT_TRUST,
  'an older bundle': PREVIOUS,
  files: FILES,
  entries: ENTRIES,
  authority: AUTHORITY,
  checkpoints: CHECKPOINT,
  evidence: EVIDENCE,
  'a part': PART,
};

let cases: Cases;

beforeAll(async () => {
  cases = await Cases.prepare();
  const { office, aminaAnew } = await livedIn();
  await exportBundle(office, aminaAnew, join(cases.root, 'another'));
  office.dispose();
  const before = join(cases.root, 'before');
  await exportBundle(cases.ledger.office, aminaAnew, before);
  writeFileSync(
    join(before, 'checkpoint'),
    (JSON.parse(linesOf(before, 'checkpoints.jsonl')[0] ?? '') as { body: string }).body,
  );
  await cases.judge(Object.values(GROUPS).flat());
}, 600_000);

afterAll(() => {
  cases.dispose();
});

describe.each(Object.entries(GROUPS))('verify.py and the program, on %s', (_, group) => {
  test.each(group.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    expect(cases.verdictsOn(each)).toEqual(cases.expected(each));
  });
});
