import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, releaseFor, runCli, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { canonical } from '../support/hand-made.ts';

interface Failed {
  error: { code: string; message: string };
}
interface Agreed {
  id: string;
  state: string;
  required: number;
  approvals: { fingerprint: string; decision: string }[];
}
interface Checked {
  items: { code: string; message: string }[];
  warnings: { code: string }[];
}

/** A second person of the same vault, at the command line. */
class Second {
  readonly office: CliOffice;
  readonly passphrase: string;
  readonly fingerprint: string;

  constructor(office: CliOffice, name: string, role: 'approver' | 'officer') {
    this.office = office;
    this.passphrase = `${name} agrees or does not agree`;
    const file = office.place.write(`${name}.passphrase`, `${this.passphrase}\n`);
    this.fingerprint = office.ok<{ fingerprint: string }>(
      ...['member', 'add', '--role', role, '--name', name],
      ...['--email', `${name}@office.example`, '--new-passphrase-file', file],
    ).fingerprint;
  }

  run<T>(...args: string[]) {
    return runCli<T>(args, { ...this.office.env, VALISE_PASSPHRASE: this.passphrase });
  }
}

const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const elsewhere = new CliOffice(place, 'elsewhere');
const gpg = new Gpg();
let second: Second;
let third: Second;

const draft = (change: Record<string, unknown>) => {
  const release = { ...releaseFor([receiver.fingerprint]), ...change };
  const file = place.json(`release-${String(Math.random()).slice(2)}.json`, release);
  return sender.ok<{ id: string }>(
    ...['package', 'new', '--case', 'CASE-1', '--file', file],
    place.path('a.txt'),
  ).id;
};
const codes = (id: string) =>
  sender.run<Checked>('package', 'check', id).json.items.map(({ code }) => code);
const special = () => {
  const release = releaseFor([receiver.fingerprint]);
  const assessment = { ...(release['assessment'] as object), risk: 'high' };
  return { dataCategories: ['Name', 'HealthRecord'], assessment };
};

beforeAll(() => {
  sender.init();
  receiver.init();
  elsewhere.init();
  acquainted(place, sender, receiver);
  sender.trust(elsewhere.certificate());
  elsewhere.trust(place.path('sender.asc'));
  place.write('a.txt', 'to be agreed to\n');
  second = new Second(sender, 'Bea', 'approver');
  third = new Second(sender, 'Carl', 'officer');
  receiver.trust(place.write('bea.asc', certificateOf(second)));
});
afterAll(() => {
  gpg.stop();
  place.clean();
});

function certificateOf(person: Second): string {
  const path = place.path(`${person.fingerprint}.asc`);
  person.run('key', 'export', '--out', path);
  return readFileSync(path, 'utf8');
}

describe('what the rules ask for', () => {
  it('stops the seal of special categories without a second person, and names it', () => {
    const id = draft(special());
    expect(codes(id)).toEqual(['approvers-missing']);
    const ran = sender.run<Failed>('package', 'seal', id, '--out', place.path('none'));
    expect(ran.code).toBe(1);
    expect(ran.json.error.message).toContain('Special categories of data are in it.');
  });

  it('does not take a risk that is lower than the data', () => {
    const id = draft({ dataCategories: ['HealthRecord'], approvers: [second.fingerprint] });
    expect(codes(id)).toContain('risk-too-low');
  });

  it('says what to look at, and blocks nothing by it', () => {
    const id = draft({});
    const ran = sender.run<Checked>('package', 'check', id);
    expect(ran.code).toBe(0);
    expect(ran.json.warnings.map(({ code }) => code)).toContain('mandate-missing');
  });
});

describe('by a second member of the vault', () => {
  let id = '';
  let path = '';

  it('only those who are named can, and never the sender', () => {
    id = draft({ ...special(), approvers: [second.fingerprint] });
    expect(codes(id)).toEqual(['approval-missing']);
    const seal = sender.run<Failed>('package', 'seal', id, '--out', place.path('none'));
    expect([seal.code, seal.json.error.code]).toEqual([1, 'package-blocked']);
    const own = sender.run<Failed>('package', 'approve', id);
    expect([own.code, own.json.error.code]).toEqual([3, 'approval-own']);
    const other = third.run<Failed>('package', 'approve', id);
    expect([other.code, other.json.error.code]).toEqual([3, 'approval-not-asked']);
  });

  it('fixes the form, and is given once', () => {
    const ran = second.run<Agreed>('package', 'approve', id);
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({
      state: 'approved',
      required: 1,
      approvals: [{ fingerprint: second.fingerprint, decision: 'approved' }],
    });
    const again = second.run<Failed>('package', 'approve', id);
    expect([again.code, again.json.error.code]).toEqual([1, 'approval-given']);
    expect(codes(id)).toEqual([]);
  });

  it('seals what was agreed to, and only by its sender', () => {
    const other = third.run<Failed>('package', 'seal', id, '--out', place.path('none'));
    expect([other.code, other.json.error.code]).toEqual([3, 'not-the-sender']);
    const shown = sender.ok<{ manifestDigest: string }>('package', 'show', id);
    const sealed = sender.seal(id, place.path('out'));
    expect(sealed.manifestDigest).toBe(shown.manifestDigest);
    path = sealed.path;
  });

  it('reaches the receiver, who checks it, and gpg after them', () => {
    expect(receiver.ok<{ warnings: string[] }>('inbox', 'add', path).warnings).toEqual([]);
    receiver.ok('package', 'extract', id, '--out', place.path('bags'));
    const bag = place.path('bags', id);
    const name = second.fingerprint;
    gpg.importKey(readFileSync(join(bag, `approvals/${name}.cert.asc`)));
    const verify = () =>
      gpg.run(['--verify', `approvals/${name}.asc`, 'release.json'], { cwd: bag });
    const good = verify();
    expect(good.code).toBe(0);
    expect(good.status).toContain(`VALIDSIG ${name}`);
    appendFileSync(join(bag, 'release.json'), ' ');
    expect(verify().code).not.toBe(0);
  });

  it('says who agreed on the page of either side', () => {
    for (const [name, office] of [
      ['sent', sender],
      ['received', receiver],
    ] as const) {
      const page = place.path(`${name}.html`);
      office.ok('package', 'page', id, '--out', page);
      const agreed = readFileSync(page, 'utf8').split('Second people needed')[1] ?? '';
      expect(agreed.slice(0, 800), name).toContain('approved');
      expect(agreed, name).not.toContain('not recorded here');
    }
  });

  it('leaves ledgers that verify, with who agreed', () => {
    sender.ok('ledger', 'verify');
    receiver.ok('ledger', 'verify');
    const { entries } = sender.ok<{ entries: { type: string }[] }>(
      ...['ledger', 'show', '--package', id],
    );
    const types = entries.map(({ type }) => type);
    for (const type of ['frozen', 'approved', 'sealed']) expect(types).toContain(type);
    const out = place.path('bundle');
    sender.ok('ledger', 'export', '--out', out);
    const ran = runCli(['verify', out, '--trust', sender.fingerprint], place.env);
    expect(ran.code).toBe(0);
  });
});

describe('a refusal, and an edit', () => {
  it('stops the seal, with its reason; an edit makes a new draft with a new id', () => {
    const id = draft({ approvers: [second.fingerprint, third.fingerprint] });
    const ran = second.run<Agreed>(
      ...['package', 'refuse', id, '--reason', 'more-than-needed', '--note', 'Leave out page 3'],
    );
    expect(ran.json).toMatchObject({ state: 'assessed', approvals: [{ decision: 'refused' }] });
    expect(codes(id)).toContain('approval-refused');
    const late = third.run<Failed>('package', 'approve', id);
    expect([late.code, late.json.error.code]).toEqual([1, 'package-state']);
    const release = { ...releaseFor([receiver.fingerprint]), approvers: [second.fingerprint] };
    const file = place.json('edited.json', release);
    const edited = sender.ok<{ id: string; state: string }>('package', 'edit', id, '--file', file);
    expect(edited.id).not.toBe(id);
    expect(edited.state).toBe('assessed');
    expect(sender.run('package', 'show', id).code).toBe(1);
    second.run('package', 'approve', edited.id);
    sender.seal(edited.id, place.path('out-edited'));
  });

  it('refuses a reason that the list does not know', () => {
    const id = draft({ approvers: [second.fingerprint] });
    const ran = second.run<Failed>('package', 'refuse', id, '--reason', 'because');
    expect([ran.code, ran.json.error.code]).toEqual([1, 'reason-unknown']);
  });
});

describe('by file, for an approver with another vault', () => {
  it('goes out sealed, comes back signed, and is sealed into the bag', () => {
    const id = draft({ approvers: [elsewhere.fingerprint] });
    const request = place.path('request.pgp');
    sender.ok('approval', 'request', id, '--out', request);
    const asked = elsewhere.ok<{ manifestDigest: string }>('approval', 'show', request);
    const answer = place.path('answer.pgp');
    elsewhere.ok('approval', 'sign', request, '--out', answer);
    expect(elsewhere.run('approval', 'sign', request, '--out', answer).code).toBe(1);
    const added = sender.ok<Agreed & { manifestDigest: string }>('approval', 'add', answer);
    expect(added.state).toBe('approved');
    expect(added.manifestDigest).toBe(asked.manifestDigest);
    const { path } = sender.seal(id, place.path('out-file'));
    // The receiver has never seen this approver's key: the sender vouches for it.
    expect(receiver.ok<{ warnings: string[] }>('inbox', 'add', path).warnings).toEqual([
      'approver-unverified',
    ]);
    elsewhere.ok('ledger', 'verify');
  });

  it('fixes nothing when the request cannot be written', () => {
    const id = draft({ approvers: [elsewhere.fingerprint] });
    const nowhere = place.write('a file', 'not a folder');
    expect(sender.run('approval', 'request', id, '--out', `${nowhere}/request.pgp`).code).not.toBe(
      0,
    );
    expect(sender.ok('package', 'show', id)).not.toHaveProperty('manifestDigest');
  });

  it('can be refused by file too', () => {
    const id = draft({ approvers: [elsewhere.fingerprint] });
    const request = place.path('request-2.pgp');
    sender.ok('approval', 'request', id, '--out', request);
    const answer = place.path('answer-2.pgp');
    elsewhere.ok('approval', 'sign', request, '--out', answer, '--refuse', 'more-than-needed');
    expect(sender.ok<Agreed>('approval', 'add', answer).state).toBe('assessed');
    expect(codes(id)).toContain('approval-refused');
  });

  it('keeps a reason of others that the list does not know', () => {
    const newer = contactOfGpg('Newer Program');
    const { id, manifestDigest } = asked(newer);
    const reason = { code: 'coined-next-year', text: 'Read the new list.' };
    sender.ok(
      'approval',
      'add',
      answer(newer, id, manifestDigest, { decision: 'refused', reason }),
    );
    expect(codes(id)).toContain('approval-refused');
  });

  it('is for those who are named, and nobody else', () => {
    const id = draft({ approvers: [second.fingerprint] });
    const ran = sender.run<Failed>('approval', 'request', id, '--out', place.path('none.pgp'));
    expect(ran.json.error.code).toBe('approvers-elsewhere-none');
  });

  it('does not take an answer by somebody else, or over other bytes', () => {
    const stranger = contactOfGpg('Stranger');
    const listed = contactOfGpg('Listed');
    const { id, manifestDigest } = asked(listed);
    const refused = (by: string, digest: string) => {
      const signature = gpg
        .ok(['--armor', '--local-user', by, '--detach-sign'], { input: 'something else' })
        .toString('utf8');
      const path = answer(by, id, digest, { decision: 'approved', signature });
      const ran = sender.run<Failed>('approval', 'add', path);
      return [ran.code, ran.json.error.code];
    };
    expect(refused(stranger, manifestDigest)).toEqual([4, 'approval-unlisted']);
    expect(refused(listed, 'ab'.repeat(32))).toEqual([4, 'approval-other-bytes']);
    expect(refused(listed, manifestDigest)).toEqual([4, 'approval-invalid']);
    expect(codes(id)).toEqual(['approval-missing']);
  });
});

/** Somebody with gpg and nothing else, whom the sender knows. */
function contactOfGpg(name: string): string {
  const fingerprint = gpg.makeKey(name);
  sender.trust(place.write(`${fingerprint}.asc`, gpg.exportKey(fingerprint)));
  gpg.importKey(readFileSync(place.path('sender.asc')));
  return fingerprint;
}

/** A draft that waits for the word of one approver with another vault. */
function asked(approver: string): { id: string; manifestDigest: string } {
  const id = draft({ approvers: [approver] });
  sender.ok('approval', 'request', id, '--out', place.path(`${id}.pgp`));
  return { id, ...sender.ok<{ manifestDigest: string }>('package', 'show', id) };
}

/** An answer as somebody makes it with an editor and gpg. */
function answer(by: string, packageId: string, manifestDigest: string, word: object): string {
  const document = canonical({
    format: 'valise.approval/1',
    id: v7(),
    packageId,
    manifestDigest,
    at: `${new Date().toISOString().slice(0, 19)}Z`,
    by: { name: 'Somebody', organisation: 'Elsewhere', fingerprint: by },
    ...word,
  });
  const sealed = gpg.seal(by, sender.fingerprint, document);
  return place.write(`answers/${String(Math.random()).slice(2)}.pgp`, sealed);
}
