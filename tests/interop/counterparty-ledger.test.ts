import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, filesBelow, Workplace } from '../support/cli.ts';

/**
 * What one office finds out about the ledger of another, from what comes in with packages: two real
 * vaults, worked on with the command line alone.
 */

interface Taken {
  readonly id: string;
  readonly warnings: readonly string[];
}
interface Entries {
  readonly entries: readonly { readonly type: string; readonly detail: Record<string, unknown> }[];
}

class Pair {
  readonly place = new Workplace();
  readonly owner = new CliOffice(this.place, 'owner');
  readonly witness = new CliOffice(this.place, 'witness');

  constructor() {
    this.owner.init();
    this.witness.init();
    acquainted(this.place, this.owner, this.witness);
    this.place.write('a.txt', 'something to send\n');
  }

  /** A sealed package, by whichever program has the owner's vault. */
  sealed(owner = this.owner): string {
    const id = owner.draft([this.witness.fingerprint], [this.place.path('a.txt')]);
    return owner.seal(id, this.place.path('out')).path;
  }

  take(path: string): Taken {
    return this.witness.ok<Taken & Record<string, unknown>>('inbox', 'add', path);
  }

  found(type: string, office = this.witness): Entries['entries'] {
    return office.ok<Entries & Record<string, unknown>>('ledger', 'show', '--type', type).entries;
  }

  /** The owner's vault as it is now, kept in a folder of that name. */
  keep(name: string): string {
    const copy = this.place.path(name);
    cpSync(this.owner.vault, copy, { recursive: true });
    return copy;
  }

  putBack(copy: string): void {
    rmSync(this.owner.vault, { recursive: true });
    cpSync(copy, this.owner.vault, { recursive: true });
  }

  /** The same vault from a copy, on a computer that remembers nothing of it. */
  elsewhere(copy: string): CliOffice {
    const other = new CliOffice(this.place, 'owner');
    Object.assign(other, { fingerprint: this.owner.fingerprint });
    Object.assign(other.env, {
      VALISE_VAULT: copy,
      XDG_STATE_HOME: this.place.path('another-state'),
    });
    return other;
  }
}

describe('packages that arrive in another order', () => {
  const pair = new Pair();
  afterAll(() => {
    pair.place.clean();
  });

  it('are no fork: the older checkpoint only came late', () => {
    const [first, second, third] = [pair.sealed(), pair.sealed(), pair.sealed()];
    expect(pair.take(second).warnings).toEqual([]);
    expect(pair.take(first).warnings).toEqual([]);
    expect(pair.take(third).warnings).toEqual([]);
    expect(pair.found('fork-found')).toEqual([]);
    expect(pair.witness.ok('contact', 'list')).not.toHaveProperty('items.0.ledgerAlarm');
  });
});

describe('a ledger that began anew', () => {
  const pair = new Pair();
  let warned: Taken;
  beforeAll(() => {
    const copy = pair.keep('yesterday');
    pair.take(pair.sealed());
    pair.putBack(copy);
    const refused = pair.owner.run<{ error: { code: string } }>(
      ...[
        'case',
        'new',
        '--file',
        pair.place.json('c.json', { reference: 'X', title: 'x', counterpart: [] }),
      ],
    );
    expect([refused.code, refused.json.error.code]).toEqual([4, 'ledger-read-only']);
    pair.owner.ok('ledger', 'acknowledge', '--reason', 'The disk broke.');
    warned = pair.take(pair.sealed());
  }, 300_000);
  afterAll(() => {
    pair.place.clean();
  });

  it('is told from a contradiction, named, and an entry', () => {
    expect(warned.warnings).toEqual(['ledger-restarted']);
    expect(pair.found('fork-found')).toEqual([]);
    const [restarted] = pair.found('ledger-restarted');
    expect(restarted?.detail).toMatchObject({ from: { size: expect.any(Number) as number } });
    expect(pair.take(pair.sealed()).warnings).toContain('ledger-restarted');
  });

  it('waits until an officer has acknowledged it, once', () => {
    const { owner, witness } = pair;
    const acknowledge = [
      'contact',
      'acknowledge',
      owner.fingerprint,
      '--reason',
      'They called us.',
    ];
    witness.ok(...acknowledge);
    expect(pair.found('ledger-acknowledged')).toMatchObject([{ detail: { kind: 'restarted' } }]);
    expect(pair.take(pair.sealed()).warnings).toEqual([]);
    const again = witness.run<{ error: { code: string } }>(...acknowledge);
    expect([again.code, again.json.error.code]).toEqual([1, 'alarm-none']);
    expect(witness.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });
});

describe('a ledger with two histories', () => {
  const pair = new Pair();
  const { place, owner, witness } = pair;
  let warned: Taken;
  let complaint = '';

  beforeAll(() => {
    const other = pair.elsewhere(pair.keep('stolen'));
    for (let count = 0; count < 4; count += 1) pair.sealed();
    pair.take(pair.sealed());
    // A checkpoint of the same second could have come late.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
    warned = pair.take(pair.sealed(other));
  }, 300_000);
  afterAll(() => {
    place.clean();
  });

  it('is found by the witness, which keeps both checkpoints', () => {
    expect(warned.warnings).toEqual(['ledger-went-back']);
    expect(pair.found('fork-found')).toMatchObject([{ detail: { by: owner.fingerprint } }]);
    const { items } = witness.ok<{ items: { ledgerAlarm?: object }[] }>('contact', 'list');
    expect(items).toMatchObject([{ ledgerAlarm: { kind: 'rollback', canComplain: true } }]);
  });

  it('is complained of to its owner, with what the owner signed', () => {
    const out = place.path('complaint');
    const { fileName } = witness.ok<{ fileName: string }>(
      ...['contact', 'complain', owner.fingerprint, '--out', out],
    );
    complaint = place.path('complaint', fileName);
    expect(filesBelow(out)).toEqual([fileName]);
    expect(pair.found('complaint-out')).toMatchObject([{ detail: { to: owner.fingerprint } }]);
    expect(witness.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });

  it('is proved to the owner, whose ledger nobody goes on with unasked', () => {
    const taken = owner.ok<Taken & Record<string, unknown>>('inbox', 'add', complaint);
    expect(taken).toMatchObject({ kind: 'notice', warnings: ['complaint-proven'] });
    expect(pair.found('complaint-in', owner)).toMatchObject([
      { detail: { by: witness.fingerprint, proven: true } },
    ]);
    const verdict = owner.run<{ problems: { code: string }[] }>('ledger', 'verify');
    expect(verdict.code).toBe(4);
    expect(verdict.json.problems.map(({ code }) => code)).toContain('fork');
    const file = place.json('c.json', { reference: 'X', title: 'x', counterpart: [] });
    const refused = owner.run<{ error: { code: string; message: string } }>(
      ...['case', 'new', '--file', file],
    );
    expect([refused.code, refused.json.error.code]).toEqual([4, 'ledger-read-only']);
    const [, from, to] = /from entry (\d+) to entry (\d+)/.exec(refused.json.error.message) ?? [];
    expect(Number(from)).toBeLessThanOrEqual(Number(to));
  });

  it('goes along in the evidence of both, which verifies with public tools', () => {
    for (const office of [owner, witness]) {
      const bundle = place.path(`bundle-${office.name}`);
      office.ok('ledger', 'export', '--out', bundle);
      expect(filesBelow(join(bundle, 'complaints'))).toHaveLength(1);
      const { status, stdout } = spawnSync(
        'python3',
        [join(bundle, 'verify.py'), bundle, '--trust', office.fingerprint],
        { encoding: 'utf8' },
      );
      expect(status, stdout).toBe(0);
    }
  });
});

describe('a complaint that proves nothing', () => {
  const pair = new Pair();
  afterAll(() => {
    pair.place.clean();
  });

  it('cannot be made where nothing contradicts', () => {
    const ran = pair.witness.run<{ error: { code: string } }>(
      ...['contact', 'complain', pair.owner.fingerprint],
    );
    expect([ran.code, ran.json.error.code]).toEqual([1, 'alarm-none']);
  });
});
