import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../../../main/domain/ledger/checkpoint.ts';
import { decodeEntry } from '../../../../main/domain/ledger/entry.ts';
import { SampleInput, Sampler, sampleRank } from '../../../../main/domain/ledger/sample.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const text = (path: string) => readFileSync(join(FORMATS, path), 'utf8');

function draw(seed: string, count: number, seqs: Iterable<number>) {
  const sampler = new Sampler(seed, count);
  for (const seq of seqs) sampler.take(seq);
  return sampler.drawn();
}
const upTo = (size: number) => Array.from({ length: size }, (_, seq) => seq);
const printed = (drawn: readonly { seq: number; rank: string }[]) =>
  drawn.map(({ seq, rank }) => `${String(seq)} ${rank}\n`).join('');

describe('the page about samples', () => {
  const page = text('sample.md');
  const scripts = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script = '']) => script);
  const answers = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, answer = '']) => answer);
  const seed = 'dice 4 6 1 3';

  test('has lines of Python that print what stands below them', () => {
    expect(scripts).toHaveLength(2);
    scripts.forEach((script, index) => {
      const out = execFileSync('sh', ['-c', script], { cwd: FORMATS, encoding: 'utf8' });
      expect(out).toBe(answers[index]);
    });
  });

  test('says what the program draws from the specimen', () => {
    const { size, root } = parseCheckpoint(text('specimens/bundle/checkpoint'));
    expect(page).toContain(`size ${String(size)}, root\n\`${root}\``);
    expect(printed(draw(seed, 3, upTo(size)))).toBe(answers[0]);
    const entries = text('specimens/bundle/entries.jsonl').trimEnd().split('\n');
    const found = entries
      .map((line, seq) => decodeEntry(Buffer.from(line), seq))
      .filter(({ type }) => type === 'unlocked' || type === 'locked');
    const seqs = found.map(({ seq }) => seq);
    expect(printed(draw(seed, 2, seqs))).toBe(answers[1]);
  });
});

describe('a sample', () => {
  test('is the same whatever the order in which the entries come', () => {
    const size = 10_000;
    const once = draw('a', 50, upTo(size));
    expect(draw('a', 50, upTo(size).reverse())).toEqual(once);
    expect(once).toHaveLength(50);
    const all = upTo(size).map((seq) => ({ seq, rank: sampleRank('a', seq) }));
    all.sort((x, y) => (x.rank < y.rank ? -1 : 1));
    expect(once).toEqual(all.slice(0, 50));
  });

  test('is the beginning of a larger one, and another with another seed', () => {
    const more = draw('a', 500, upTo(5000));
    expect(draw('a', 20, upTo(5000))).toEqual(more.slice(0, 20));
    expect(draw('b', 20, upTo(5000))).not.toEqual(more.slice(0, 20));
  });

  test('of more than there is has everything once', () => {
    const drawn = draw('a', 100, upTo(7));
    expect(drawn.map(({ seq }) => seq).sort()).toEqual(upTo(7));
  });

  test.each(['', ' a', 'a ', 'a\nb', 'x'.repeat(201)])('has no such seed: %j', (seed) => {
    expect(SampleInput.safeParse({ seed, count: 1 }).success).toBe(false);
  });

  test.each(['a', 'dice 4 6', 'Würfel 3', '抽'])('takes the seed %s', (seed) => {
    expect(SampleInput.safeParse({ seed, count: 1 }).success).toBe(true);
  });
});
