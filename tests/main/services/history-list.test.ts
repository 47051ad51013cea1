import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../main/domain/digest.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { History } from '../../../main/services/history.ts';
import { HistoryList } from '../../../main/services/history-list.ts';
import { Bench, refused } from '../../support/vault-bench.ts';

let bench: Bench;
let session: OpenVault;

const lists = () => {
  const desk = bench.desk(session);
  return new HistoryList(desk, new History(desk));
};
const at = (name: string) => join(bench.root, name);

beforeEach(async () => {
  bench = new Bench();
  ({ session } = await bench.create());
  for (let number = 0; number < 600; number += 100)
    await session.journal.commit({
      acts: Array.from({ length: 100 }, (_, more) => ({
        type: 'finding' as const,
        detail: { entry: number + more, text: 'a'.repeat(64) },
      })),
    });
});
afterEach(async () => {
  await session.close();
  bench.end();
});

describe('a list of what is shown', () => {
  it('is a table, newest first, with a line for each entry', async () => {
    const size = session.ledger.size();
    const written = await lists().write({}, 'csv', at('list.csv'));
    const bytes = readFileSync(at('list.csv'));
    expect(written).toEqual({ entries: size, digest: sha256Hex(bytes) });
    const text = bytes.toString('utf8');
    expect(text.startsWith('\ufeffentry,time,type,')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(size + 2);
    expect(lines[1]).toMatch(new RegExp(`^${String(size - 1)},2026-`));
    expect(lines.at(-2)).toMatch(/^0,2026-.*,genesis,/);
  });

  it('is a line of JSON for each entry that the filter finds', async () => {
    const { entries } = await lists().write({ types: ['genesis'] }, 'jsonl', at('list.jsonl'));
    expect(entries).toBe(1);
    const [line, ...rest] = readFileSync(at('list.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({
      seq: 0,
      type: 'genesis',
      actor: { name: 'Amina Diallo' },
    });
    expect(rest).toEqual(['']);
  });

  it('stands in the ledger itself', async () => {
    const size = session.ledger.size();
    const { digest } = await lists().write({ types: ['genesis'] }, 'csv', at('list.csv'));
    const desk = bench.desk(session);
    expect(new History(desk).row(size)).toMatchObject({
      type: 'exported',
      detail: { scope: 'list-csv', entries: 1, bundle: digest, redacted: false },
    });
  });

  it('tells how far it is, and leaves nothing when it is stopped', async () => {
    const size = session.ledger.size();
    const stop = new AbortController();
    const seen: number[] = [];
    await expect(
      lists().write({}, 'csv', at('list.csv'), {
        signal: stop.signal,
        report: ({ done, total }) => {
          expect(total).toBe(size);
          seen.push(done);
          stop.abort();
        },
      }),
    ).rejects.toEqual(refused('cancelled'));
    expect(seen).toEqual([256]);
    expect(existsSync(at('list.csv'))).toBe(false);
    expect(existsSync(at('list.csv.partial'))).toBe(false);
    expect(session.ledger.size()).toBe(size);
  });

  it('is never written over a file', async () => {
    writeFileSync(at('list.csv'), 'kept');
    await expect(lists().write({}, 'csv', at('list.csv'))).rejects.toEqual(refused('file-exists'));
    expect(readFileSync(at('list.csv'), 'utf8')).toBe('kept');
  });
});
