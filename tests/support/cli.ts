import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The command line, as it was built. */
export const CLI = resolve(import.meta.dirname, '../../out/node/cli.cjs');

/** Makes vaults for tests. */
const NEW_VAULT = resolve(import.meta.dirname, '../../out/tests/new-vault.cjs');

export interface Ran<T = Record<string, unknown>> {
  readonly code: number;
  readonly json: T;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of this test's own, with its own anchors; removed by `clean`. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'valise-test-'));
  readonly env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: this.folder,
    XDG_STATE_HOME: join(this.folder, 'state'),
    TMPDIR: join(this.folder, 'tmp'),
  };

  constructor() {
    mkdirSync(join(this.folder, 'tmp'));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  json(name: string, value: unknown): string {
    return this.write(name, JSON.stringify(value));
  }

  clean(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One office, worked on with the command line and nothing else. */
export class CliOffice {
  readonly place: Workplace;
  readonly name: string;
  readonly vault: string;
  readonly passphrase: string;
  readonly env: NodeJS.ProcessEnv;
  fingerprint = '';
  recoveryCode = '';

  constructor(place: Workplace, name: string) {
    this.place = place;
    this.name = name;
    this.vault = place.path(`vault-${name}`);
    this.passphrase = `correct horse of ${name} staple`;
    this.env = { ...place.env, VALISE_VAULT: this.vault, VALISE_PASSPHRASE: this.passphrase };
  }

  /** Runs one command with `--json`; the answer is the one document on stdout. */
  run<T = Record<string, unknown>>(...args: string[]): Ran<T> {
    return runCli<T>(args, this.env);
  }

  /** Runs one command that has to end with 0. */
  ok<T = Record<string, unknown>>(...args: string[]): T {
    const ran = this.run<T>(...args);
    if (ran.code !== 0)
      throw new Error(
        `valise ${args.join(' ')}: exit ${String(ran.code)}\n${ran.stdout}\n${ran.stderr}`,
      );
    return ran.json;
  }

  /** Makes the vault; opening it costs as little as the format allows. */
  init(profile: 'interop' | 'rfc9580' = 'interop'): this {
    const args = [NEW_VAULT, this.vault, this.name, profile];
    const ran = spawnSync(process.execPath, args, { env: this.env, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`No vault was made.\n${ran.stderr}`);
    const made = JSON.parse(ran.stdout) as { fingerprint: string; recoveryCode: string };
    this.fingerprint = made.fingerprint;
    this.recoveryCode = made.recoveryCode;
    return this;
  }

  /** Takes in and verifies a certificate file. */
  trust(certificate: string): string {
    const { fingerprint } = this.ok<{ fingerprint: string }>('contact', 'add', certificate);
    this.ok('contact', 'verify', fingerprint, '--method', 'in-person');
    return fingerprint;
  }

  certificate(): string {
    const path = this.place.path(`${this.name}.asc`);
    this.ok('key', 'export', '--out', path);
    return path;
  }

  openCase(reference = 'CASE-1'): string {
    const file = this.place.json(`case-${this.name}.json`, {
      reference,
      title: 'Customer records, returned',
      counterpart: ['FR'],
    });
    this.ok('case', 'new', '--file', file);
    return reference;
  }

  /** A draft of these paths for these recipients: its id. */
  draft(recipients: readonly string[], paths: readonly string[], reference = 'CASE-1'): string {
    const file = this.place.json(`release-${this.name}.json`, releaseFor(recipients));
    return this.ok<{ id: string }>('package', 'new', '--case', reference, '--file', file, ...paths)
      .id;
  }

  seal(id: string, out: string, ...more: string[]): Sealed {
    return this.ok<Sealed>('package', 'seal', id, '--out', out, ...more);
  }
}

export interface Sealed {
  readonly path: string;
  readonly sha256: string;
  readonly manifestDigest: string;
  readonly profile: string;
}

/** Two offices that know and verified each other. */
export function acquainted(place: Workplace, a: CliOffice, b: CliOffice): void {
  a.trust(b.certificate());
  b.trust(a.certificate());
  a.openCase();
  mkdirSync(place.path('share'));
}

export function runCli<T>(args: readonly string[], env: NodeJS.ProcessEnv): Ran<T> {
  const ran = spawnSync(process.execPath, [CLI, '--json', ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return {
    code: ran.status ?? -1,
    json: (ran.stdout === '' ? {} : JSON.parse(ran.stdout)) as T,
    stdout: ran.stdout,
    stderr: ran.stderr,
  };
}

/** Starts a command without waiting: for crash tests and measurements. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [CLI, '--json', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A complete `release.json`. */
export function releaseFor(recipients: readonly string[]): Record<string, unknown> {
  const met = { answer: 'met', evidence: 'Seen in the file.' };
  return {
    purpose: 'Return of records to the company they were taken from.',
    instrument: 'COE-185',
    legalBasis: ['A6-1-c'],
    offences: ['09031'],
    dataCategories: ['Name', 'EmailAddress'],
    affectedIndividuals: { count: 12, method: 'estimated' },
    origin: { how: 'Seized server' },
    assessment: {
      ownership: met,
      consentOrInterest: met,
      recipientIdentity: met,
      minimisation: met,
      necessity: met,
      harmToIndividuals: met,
      onwardTransfer: met,
      risk: 'low',
    },
    handling: { tlp: 'AMBER', caveats: [] },
    retention: { deleteBy: '2030-12-31', action: 'destroy' },
    recipients: recipients.map((fingerprint) => ({ fingerprint })),
  };
}

/** Every file below a folder, as paths relative to it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort();
}
