// Sealing and opening one large file, beside gpg on the same file in the same run.
//
//   BENCH_MIB      its size in MiB, 1024 unless told
//   BENCH_ROUNDS   how often everything is done, 3 unless told; the best of each counts, since
//                  whatever else the machine does can only make it slower
import { readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { measure, opensslSpeed, writeRandom, type Measured } from './measure.ts';
import { printTable, type Row } from './table.ts';

const MIB = Number(process.env['BENCH_MIB'] ?? 1024);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SMALL_MIB = 64;
const CLI = join(import.meta.dirname, '../node/cli.cjs');

const PROFILES = ['interop', 'rfc9580'] as const;
type Profile = (typeof PROFILES)[number];
type Step = 'unlock' | 'seal' | 'take in' | 'extract';

/** The best of each step so far. */
class Best<Name extends string> {
  readonly #runs = new Map<Name, Measured[]>();

  add(name: Name, run: Measured): void {
    this.#runs.set(name, [...(this.#runs.get(name) ?? []), run]);
  }

  seconds(name: Name): number {
    return Math.min(...this.#of(name, 'seconds'));
  }

  processor(name: Name): number {
    return Math.min(...this.#of(name, 'processor'));
  }

  /** The highest peak of all steps: the best would flatter. */
  peak(): number {
    return Math.max(...[...this.#runs.values()].flat().map(({ peak }) => peak));
  }

  #of(name: Name, what: 'seconds' | 'processor'): number[] {
    return (this.#runs.get(name) ?? []).map((run) => run[what]);
  }
}

/** Two offices that send each other packages, each step a command of its own. */
class Offices {
  readonly #place = new Workplace();
  readonly #sender: CliOffice;
  readonly #receiver: CliOffice;

  constructor(profile: Profile) {
    this.#sender = new CliOffice(this.#place, 'sender').init(profile);
    this.#receiver = new CliOffice(this.#place, 'receiver').init(profile);
    acquainted(this.#place, this.#sender, this.#receiver);
  }

  async exchange(source: string, best: Best<Step>): Promise<void> {
    const id = this.#sender.draft([this.#receiver.fingerprint], [source]);
    const out = this.#place.path('out');
    const run = async (step: Step, office: CliOffice, ...args: string[]) => {
      best.add(step, await measure(process.execPath, [CLI, '--json', ...args], office.env));
    };
    await run('unlock', this.#receiver, 'case', 'list');
    await run('seal', this.#sender, 'package', 'seal', id);
    await run('take in', this.#receiver, 'inbox', 'add', ...sealedBy(this.#sender));
    await run('extract', this.#receiver, 'package', 'extract', id, '--out', out);
    for (const path of [out, ...sealedBy(this.#sender), ...sealedBy(this.#receiver)])
      rmSync(path, { recursive: true });
  }

  clean(): void {
    this.#place.clean();
  }
}

/** The sealed files that a vault keeps. */
function sealedBy({ vault }: CliOffice): string[] {
  const folder = join(vault, 'sealed');
  return readdirSync(folder).map((name) => join(folder, name));
}

/** gpg at the same work: signed, sealed to one other, without compression. */
class Peer {
  readonly #gpg = new Gpg();
  readonly #from = this.#gpg.makeKey('Sender');
  readonly #to = this.#gpg.makeKey('Receiver');

  async exchange(place: Workplace, source: string, best: Best<'seal' | 'open'>): Promise<void> {
    const sealed = place.path('peer.gpg');
    const opened = place.path('peer.out');
    best.add(
      'seal',
      await this.#run('-z', '0', '-u', this.#from, '-r', this.#to, '-o', sealed, '-se', source),
    );
    best.add('open', await this.#run('-o', opened, '-d', sealed));
    rmSync(sealed);
    rmSync(opened);
  }

  stop(): void {
    this.#gpg.stop();
  }

  #run(...args: string[]): Promise<Measured> {
    return measure('gpg', [
      ...['--homedir', this.#gpg.home, '--batch', '--yes', '--quiet', '--trust-model', 'always'],
      ...['--pinentry-mode', 'loopback', '--passphrase', ''],
      ...args,
    ]);
  }
}

const LIMITS = { sha256: 'sha256', interop: 'aes-256-cfb', rfc9580: 'aes-256-gcm' } as const;

/** What the machine's faster rounds gave, in MB/s: the slower of hash and cipher is the limit. */
class Limits {
  readonly #rates = { sha256: 0, interop: 0, rfc9580: 0 };

  measure(): void {
    for (const name of ['sha256', 'interop', 'rfc9580'] as const)
      this.#rates[name] = Math.max(this.#rates[name], opensslSpeed(LIMITS[name]));
  }

  of(profile: Profile): number {
    return Math.min(this.#rates.sha256, this.#rates[profile]);
  }
}

const BARS = { interop: '2 times the peer', rfc9580: '3 times the peer, half the limit' } as const;
const STEPS = [
  ['seal', 'seal'],
  ['take in', 'open'],
  ['extract', 'open'],
] as const;

function rowsOf(
  profile: Profile,
  megabytes: number,
  ours: Best<Step>,
  peer: Best<'seal' | 'open'>,
  limit: number,
): Row[] {
  const perGigabyte = 1000 / megabytes;
  return [
    ...STEPS.map(([step, other]): Row => ({
      work: `${profile}: ${step}`,
      unit: 'MB/s',
      ours: megabytes / (ours.seconds(step) - ours.seconds('unlock')),
      peer: megabytes / peer.seconds(other),
      limit,
      bar: BARS[profile],
    })),
    ...STEPS.map(([step, other]): Row => ({
      work: `${profile}: ${step}, the whole command`,
      unit: 's',
      ours: ours.seconds(step),
      peer: peer.seconds(other),
      bar: '',
    })),
    ...STEPS.map(([step, other]): Row => ({
      work: `${profile}: ${step}, processor for 1 GB`,
      unit: 's',
      ours: (ours.processor(step) - ours.processor('unlock')) * perGigabyte,
      peer: peer.processor(other) * perGigabyte,
      bar: '',
    })),
  ];
}

async function main(): Promise<void> {
  const place = new Workplace();
  const peer = new Peer();
  const offices = { interop: new Offices('interop'), rfc9580: new Offices('rfc9580') };
  const best = { interop: new Best<Step>(), rfc9580: new Best<Step>() };
  const small = { interop: new Best<Step>(), rfc9580: new Best<Step>() };
  const peers = new Best<'seal' | 'open'>();
  const limits = new Limits();
  try {
    const source = place.path('large.bin');
    writeRandom(source, MIB);
    const smallSource = place.path('small.bin');
    writeRandom(smallSource, SMALL_MIB);
    const began = loadavg()[0] ?? 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      limits.measure();
      await peer.exchange(place, source, peers);
      for (const profile of PROFILES) await offices[profile].exchange(source, best[profile]);
    }
    for (const profile of PROFILES) await offices[profile].exchange(smallSource, small[profile]);
    const megabytes = statSync(source).size / 1e6;
    const load = `${began.toFixed(1)} to ${(loadavg()[0] ?? 0).toFixed(1)}`;
    printTable(
      `One file of ${MIB} MiB, the best of ${ROUNDS}; the peer is gpg -z 0; load ${load}\n` +
        'Rates leave out starting and unlocking, which do not grow with the file.',
      PROFILES.flatMap((profile) => [
        ...rowsOf(profile, megabytes, best[profile], peers, limits.of(profile)),
        {
          work: `${profile}: peak of memory (peer: for ${SMALL_MIB} MiB)`,
          unit: 'MB',
          ours: best[profile].peak(),
          peer: small[profile].peak(),
          limit: 350,
          bar: 'under the limit, the same at any size',
        },
      ]),
    );
  } finally {
    place.clean();
    peer.stop();
    for (const profile of PROFILES) offices[profile].clean();
  }
}

void main();
