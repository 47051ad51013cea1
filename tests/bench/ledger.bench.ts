// The ledger when it is long: an append, a look, a search, and the whole verification.
//
//   BENCH_ENTRIES   how many entries, 1000000 unless told
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeOffice } from '../../main/compose.ts';
import type { LedgerQuery } from '../../main/domain/ledger/ledger-store.ts';
import { newId } from '../../main/domain/new-id.ts';
import type { Act } from '../../main/domain/vault/journal.ts';
import type { OpenOffice } from '../../main/services/office.ts';
import { printTable, type Row } from './table.ts';

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000);
const FEW = 1000;
const BATCH = 5000;
const SAMPLES = 100;

const id = () => newId({ now: () => new Date() }, { bytes: (length) => randomBytes(length) });

/** Acts as a busy office has them: five for each package, ten packages to a case. */
function* acts(): Generator<Act> {
  for (let number = 0; ; number += 1) {
    const subject = { package: id(), case: cases[Math.floor(number / 10) % 500] ?? '' };
    yield { type: 'draft-made', subject, detail: { kind: 'release', files: 3, bytes: 4096 } };
    yield { type: 'dispatched', subject, detail: { via: number % 2 ? 'folder' : 'hand' } };
    yield { type: 'verified', subject, detail: { files: 3, bytes: 4096 } };
    yield { type: 'held', subject, detail: { reason: 'court-order' } };
    yield { type: 'hold-released', subject, detail: {} };
  }
}
const cases = Array.from({ length: 500 }, id);

const source = acts();
const some = (count: number): Act[] =>
  Array.from({ length: count }, () => source.next().value as Act);

async function fill(open: OpenOffice, size: number): Promise<void> {
  for (let left = size - open.session.ledger.size(); left > 0; left -= BATCH) {
    await open.session.journal.commit({ acts: some(Math.min(left, BATCH)) });
  }
}

/** The median of single durable appends, in milliseconds. */
async function append(open: OpenOffice): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    times.push(await timed(() => open.session.journal.commit({ acts: some(1) })));
  }
  return median(times);
}

/** The median time of a question, in milliseconds. */
async function ask(open: OpenOffice, query: LedgerQuery): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < 9; sample += 1) {
    times.push(await timed(() => open.ledger.history.rows({ limit: 50, ...query })));
  }
  return median(times);
}

async function timed(work: () => unknown): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Reads the same bytes from the same database and hashes them, and does nothing else. */
function readAndHash(open: OpenOffice): void {
  const size = open.session.ledger.size();
  for (let from = 0; from < size; from += BATCH) {
    for (const bytes of open.session.ledger.bytesBetween(from, Math.min(size, from + BATCH))) {
      createHash('sha256').update(bytes).digest();
    }
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'valise-bench-'));
  const office = composeOffice({ stateFolder: join(folder, 'state') });
  try {
    const { open } = await office.create({
      folder: join(folder, 'vault'),
      name: 'Officer',
      email: 'officer@office.example',
      organisation: 'Office',
      country: 'FR',
      passphrase: 'a long passphrase for a bench',
      profile: 'interop',
    });
    await fill(open, FEW);
    const early = await append(open);
    await fill(open, ENTRIES);
    const late = await append(open);
    const newest: LedgerQuery = { order: 'descending' };
    const rows: Row[] = [
      { work: `append at ${FEW}`, unit: 'ms', ours: early, bar: 'under 15 ms' },
      {
        work: `append at ${ENTRIES} (beside: at ${FEW})`,
        unit: 'ms',
        ours: late,
        peer: early,
        bar: 'under 15 ms, and hardly more than at the start',
      },
      {
        work: 'history, first rows',
        unit: 'ms',
        ours: await ask(open, newest),
        bar: 'under 200 ms',
      },
      {
        work: 'history, of one case',
        unit: 'ms',
        ours: await ask(open, { ...newest, case: cases[7] ?? '' }),
        bar: 'under 150 ms',
      },
      {
        work: 'history, of two types',
        unit: 'ms',
        ours: await ask(open, { ...newest, types: ['held', 'dispatched'] }),
        bar: 'under 150 ms',
      },
      {
        work: 'history, a word',
        unit: 'ms',
        ours: await ask(open, { ...newest, text: 'court-order' }),
        bar: 'under 150 ms',
      },
      {
        work: 'verify (beside: read and hash)',
        unit: 's',
        ours: (await timed(() => open.ledger.verify())) / 1000,
        limit: (await timed(() => readAndHash(open))) / 1000,
        bar: 'under 10 s for a million; within 4 times of the limit',
      },
    ];
    printTable(`A ledger of ${ENTRIES} entries`, rows);
  } finally {
    await office.lock('quit');
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
