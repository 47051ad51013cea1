// Sealing and opening one large file, beside gpg on the same file in the same run.
//
//   BENCH_MIB   its size in MiB, 1024 unless told
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { measure, opensslSpeed, writeRandom, type Measured } from './measure.ts';
import { printTable, type Row } from './table.ts';

const MIB = Number(process.env['BENCH_MIB'] ?? 1024);
const CLI = join(import.meta.dirname, '../node/cli.cjs');

interface Times {
  readonly seal: Measured;
  readonly takeIn: Measured;
  readonly extract: Measured;
}

/** One package from one office to another, each step a command of its own. */
async function exchange(profile: 'interop' | 'rfc9580', source: string): Promise<Times> {
  const place = new Workplace();
  try {
    const sender = new CliOffice(place, 'sender').init(profile);
    const receiver = new CliOffice(place, 'receiver').init(profile);
    acquainted(place, sender, receiver);
    const id = sender.draft([receiver.fingerprint], [source]);
    const run = (office: CliOffice, ...args: string[]) =>
      measure(process.execPath, [CLI, '--json', ...args], office.env);
    const seal = await run(sender, 'package', 'seal', id, '--out', place.path('out'));
    const [sealed = ''] = readdirSync(place.path('out'));
    const takeIn = await run(receiver, 'inbox', 'add', place.path('out', sealed));
    const extract = await run(receiver, 'package', 'extract', id, '--out', place.path('in'));
    return { seal, takeIn, extract };
  } finally {
    place.clean();
  }
}

/** gpg at the same work: signed, sealed to one other, without compression. */
async function peer(place: Workplace, source: string): Promise<{ seal: number; open: number }> {
  const gpg = new Gpg();
  try {
    const from = gpg.makeKey('Sender');
    const to = gpg.makeKey('Receiver');
    const common = [
      ...['--homedir', gpg.home, '--batch', '--yes', '--quiet', '--trust-model', 'always'],
      ...['--pinentry-mode', 'loopback', '--passphrase', ''],
    ];
    const sealed = place.path('peer.gpg');
    const seal = await measure('gpg', [
      ...common,
      ...['-z', '0', '-u', from, '-r', to, '-o', sealed, '-se', source],
    ]);
    const open = await measure('gpg', [...common, '-o', place.path('peer.out'), '-d', sealed]);
    return { seal: seal.seconds, open: open.seconds };
  } finally {
    gpg.stop();
  }
}

async function main(): Promise<void> {
  const place = new Workplace();
  try {
    const source = place.path('large.bin');
    writeRandom(source, MIB);
    const rate = (seconds: number) => statSync(source).size / 1e6 / seconds;
    const sha = opensslSpeed('sha256');
    const limits = {
      interop: Math.min(sha, opensslSpeed('aes-256-cfb')),
      rfc9580: Math.min(sha, opensslSpeed('aes-256-gcm')),
    };
    const other = await peer(place, source);
    const rows: Row[] = [];
    for (const profile of ['interop', 'rfc9580'] as const) {
      const { seal, takeIn, extract } = await exchange(profile, source);
      const limit = limits[profile];
      const bar = profile === 'interop' ? '2 times the peer' : '3 times the peer, half the limit';
      rows.push(
        {
          work: `seal, ${profile}`,
          unit: 'MB/s',
          ours: rate(seal.seconds),
          peer: rate(other.seal),
          limit,
          bar,
        },
        {
          work: `take in (verify all), ${profile}`,
          unit: 'MB/s',
          ours: rate(takeIn.seconds),
          peer: rate(other.open),
          limit,
          bar,
        },
        {
          work: `extract (and verify again), ${profile}`,
          unit: 'MB/s',
          ours: rate(extract.seconds),
          peer: rate(other.open),
          limit,
          bar,
        },
        {
          work: `peak of memory, ${profile}`,
          unit: 'MB',
          ours: Math.max(seal.peak, takeIn.peak, extract.peak),
          limit: 350,
          bar: 'under the limit, at any size',
        },
      );
    }
    printTable(
      `One file of ${MIB} MiB, each step a command of its own; the peer is gpg -z 0`,
      rows,
    );
  } finally {
    place.clean();
  }
}

void main();
