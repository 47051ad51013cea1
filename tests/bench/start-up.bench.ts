// From the start of the program to its unlock screen, beside an empty window on the same Electron.
//
//   BENCH_ELECTRON   the Electron to start; scripts/bench.mjs finds it
//   BENCH_STARTS     how often each is started, 7 unless told
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliOffice, Workplace } from '../support/cli.ts';
import { measure, median } from './measure.ts';
import { printTable } from './table.ts';

const ELECTRON = process.env['BENCH_ELECTRON'] ?? 'electron';
const STARTS = Number(process.env['BENCH_STARTS'] ?? 7);
const BUNDLES = import.meta.dirname;
const ROOT = resolve(BUNDLES, '../..');

/** Starts an app and waits until `wanted` is drawn: milliseconds. */
async function start(place: Workplace, app: string, wanted: string): Promise<number> {
  const began = Date.now();
  const { stdout } = await measure(
    ELECTRON,
    [
      ...['-r', join(BUNDLES, 'start-up/watch.cjs'), app],
      ...['--no-sandbox', '--disable-gpu', `--user-data-dir=${place.path('user-data')}`],
    ],
    { ...process.env, ...place.env, BENCH_WANTED: wanted },
  );
  const drawn = /^drawn (\d+)$/m.exec(stdout)?.[1];
  if (drawn === undefined) throw new Error(`${app} did not show ${wanted}.`);
  return Number(drawn) - began;
}

async function main(): Promise<void> {
  const [valise, empty] = [new Workplace(), new Workplace()];
  try {
    const { vault } = new CliOffice(valise, 'officer').init();
    const app = { name: 'empty', main: 'empty.cjs' };
    writeFileSync(join(BUNDLES, 'start-up/package.json'), JSON.stringify(app));
    mkdirSync(valise.path('user-data'));
    writeFileSync(valise.path('user-data/preferences.json'), JSON.stringify({ vault }));
    const ours: number[] = [];
    const peers: number[] = [];
    // The first start of each fills caches and does not count.
    for (let count = 0; count <= STARTS; count += 1) {
      peers.push(await start(empty, join(BUNDLES, 'start-up'), 'h1'));
      ours.push(await start(valise, ROOT, 'input[type=password]'));
    }
    printTable(`Start-up, the median of ${STARTS}; the peer is an empty window`, [
      {
        work: 'to the unlock screen',
        unit: 'ms',
        ours: median(ours.slice(1)),
        peer: median(peers.slice(1)),
        bar: 'no more than 1.5 times the peer',
      },
    ]);
  } finally {
    valise.clean();
    empty.clean();
  }
}

void main();
