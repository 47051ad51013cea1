import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { composeOffice } from '../../main/compose.ts';
import { wkdPlaces } from '../../main/domain/certificates/wkd.ts';
import { isDomainError } from '../../main/domain/errors/index.ts';
import type { Office } from '../../main/services/office.ts';
import { Apache } from '../support/apache.ts';
import { Workplace } from '../support/cli.ts';
import { Rounds } from '../../main/workers/rounds.ts';
import { Proxy } from '../support/proxy.ts';
import { Gpg } from '../support/gpg.ts';
import { KeyServer } from '../support/key-server.ts';

/**
 * Certificates where they are published, on a real web server by TLS. Names of servers lead to
 * loopback here; nothing else of the network is another than usual.
 */
const place = new Workplace();
const gpg = new Gpg();
const KNOWN = ['localhost', 'openpgpkey.office.example', 'small.example', 'keys.office.example'];
/** The computer's clock, some hours ahead. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead * 3_600_000) };
let server: Apache;
let keyServer: KeyServer;
let office: Office;

const lookup: LookupFunction = (host, { all }, done) => {
  if (!KNOWN.includes(host))
    done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
  else if (all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};
const find = (address: string, from?: string) => office.open.finding.find(address, from);
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

/** A certificate that GnuPG made, binary. */
function certificate(email: string): Buffer {
  gpg.ok(['--quick-generate-key', `Bea Roth <${email}>`, 'default', 'default', '2y']);
  return gpg.ok(['--export', email]);
}
const publish = (name: string, bytes: Uint8Array | string) => {
  const { fileName } = wkdPlaces(`${name}@office.example`);
  server.publish(`.well-known/openpgpkey/office.example/hu/${fileName}`, bytes);
};

beforeAll(async () => {
  server = await Apache.start(place.path('apache'));
  keyServer = new KeyServer(server.keyServerFolder);
  const ca = readFileSync(server.authority);
  office = composeOffice({
    stateFolder: place.path('state'),
    network: { lookup, port: server.port, ca },
    clock,
  });
  await office.create({
    ...{ folder: place.path('vault'), name: 'Amina', email: 'amina@justice.example' },
    ...{ organisation: 'Ministry', country: 'SN', passphrase: 'correct horse staple' },
    profile: 'interop',
  });
});
afterAll(async () => {
  await office.lock('quit');
  await server.stop();
  gpg.stop();
  place.clean();
});

describe('Web Key Directory', () => {
  it('is read at openpgpkey of the domain, and what is found is unverified', async () => {
    publish('bea.roth', certificate('bea.roth@office.example'));
    const listed = gpg.ok(['--with-wkd-hash', '--list-keys', 'bea.roth@office.example']);
    expect(listed.toString()).toContain(wkdPlaces('bea.roth@office.example').fileName);
    const found = await find('bea.roth@office.example');
    expect(found).toMatchObject({ via: 'wkd', host: 'openpgpkey.office.example', known: false });
    const added = await office.open.finding.take(found);
    expect(added).toMatchObject({ outcome: 'added', state: 'unverified' });
    expect(added.blockers).not.toEqual([]);
    expect(await find('Bea.Roth@office.example')).toMatchObject({ known: true });
  });

  it('is read at the domain itself when it has no such server', async () => {
    const { fileName } = wkdPlaces('carl@small.example');
    server.publish(`.well-known/openpgpkey/hu/${fileName}`, certificate('carl@small.example'));
    expect(await find('carl@small.example')).toMatchObject({ host: 'small.example' });
  });

  it('never falls back where the domain has a server for it', async () => {
    const { fileName } = wkdPlaces('dora@office.example');
    server.publish(`.well-known/openpgpkey/hu/${fileName}`, certificate('dora@office.example'));
    expect(await codeOf(find('dora@office.example'))).toBe('certificate-not-found');
  });

  it('does not take a certificate for somebody else, nor what is none', async () => {
    publish('erik', certificate('somebody@else.example'));
    expect(await codeOf(find('erik@office.example'))).toBe('certificate-for-another');
    publish('fatou', '<html>not found</html>');
    expect(await codeOf(find('fatou@office.example'))).toBe('not-a-certificate');
    publish('gil', Buffer.alloc(300_000, 1));
    expect(await codeOf(find('gil@office.example'))).toBe('directory-failed');
  });
});

describe('contacts’ certificates, once they are known', () => {
  const { fileName } = wkdPlaces('bea.roth@office.example');
  const about = async () => {
    const items = await office.open.renewals.run();
    return items.find(({ name }) => name === 'Bea Roth');
  };
  const bea = () => gpg.fingerprint('bea.roth@office.example');
  const again = () => publish('bea.roth', gpg.ok(['--export', 'bea.roth@office.example']));

  it('as they were: nothing is written', async () => {
    const before = office.open.ledger.position().size;
    expect(fileName).toHaveLength(32);
    expect(await about()).toMatchObject({ outcome: 'unchanged', isRevoked: false });
    expect(office.open.ledger.position().size).toBe(before);
  });

  it('another key under the address is told, and never taken in', async () => {
    const other = new Gpg();
    other.ok(['--quick-generate-key', 'Bea Roth <bea.roth@office.example>', 'default', 'default']);
    publish('bea.roth', other.ok(['--export', 'bea.roth@office.example']));
    other.stop();
    const before = office.open.contacts.list();
    expect(await about()).toMatchObject({ outcome: 'other-key' });
    expect(office.open.contacts.list()).toEqual(before);
    again();
  });

  it('revoked: from then on nothing is sealed to it', async () => {
    gpg.revoke(bea());
    again();
    expect(await about()).toMatchObject({ outcome: 'updated', isRevoked: true });
    const { refusals } = await office.open.contacts.facts(office.open.contacts.record(bea()));
    expect(refusals).toContain('certificate-revoked');
  });

  it('what is not published, or whose server is away, is told one by one', async () => {
    await office.open.contacts.add({ certificate: certificate('ida@office.example'), via: 'file' });
    const items = await office.open.renewals.run();
    expect(items.map(({ outcome, code }) => code ?? outcome).sort()).toEqual([
      ...['certificate-not-found', 'unchanged'],
    ]);
  });

  it('once a day, when somebody wished so, and not behind the air gap', async () => {
    expect(office.open.renewals.isDue()).toBe(false);
    await office.open.renewals.setDaily(true);
    // It was done by hand just now.
    expect(office.open.renewals.isDue()).toBe(false);
    ahead = 25;
    expect(office.open.renewals.isDue()).toBe(true);
    await office.open.airGap.set(true);
    expect(office.open.renewals.isDue()).toBe(false);
    expect(await codeOf(office.open.renewals.run())).toBe('air-gapped');
    await office.open.airGap.set(false);
    const rounds = new Rounds(office, 20, () => undefined);
    rounds.start();
    await vi.waitFor(() => {
      expect(office.open.renewals.isDue()).toBe(false);
    });
    await rounds.stop();
  });
});

describe('the own certificate', () => {
  it('is published by the files that are written, and found there', async () => {
    const { path, address } = await office.open.keys.publishTo(place.path('publish'));
    const { fileName, advanced } = wkdPlaces('amina@justice.example');
    expect([path, address]).toEqual([place.path('publish', 'hu', fileName), advanced]);
    expect(readFileSync(place.path('publish', 'policy'))).toHaveLength(0);
    expect(gpg.ok(['--show-keys', path]).toString()).toContain(
      office.open.session.member.fingerprint,
    );
    expect(await codeOf(office.open.keys.publishTo(place.path('publish')))).toBe('file-exists');
  });
});

describe('key servers', () => {
  it('are asked only when they are named, by VKS and by HKPS', async () => {
    const bytes = certificate('hana@nowhere.example');
    expect(await codeOf(find('hana@nowhere.example'))).toBe('certificate-not-found');
    server.publish(
      'vks/v1/by-email/hana@nowhere.example',
      gpg.ok(['--armor', '--export', 'hana@nowhere.example']),
    );
    keyServer.add(bytes);
    for (const from of ['vks://keys.office.example', 'hkps://keys.office.example'])
      expect(await find('hana@nowhere.example', from)).toMatchObject({
        ...{ via: 'keyserver', host: 'keys.office.example' },
      });
  });

  it('that are none, or are not there, are refused in words', async () => {
    expect(await codeOf(find('a@b.example', 'http://keys.office.example'))).toBe('input-refused');
    expect(await codeOf(find('a@b.example', 'vks://unknown.example'))).toBe('directory-failed');
    expect(await codeOf(find('nobody'))).toBe('address-malformed');
  });

  it('are asked through the agency’s proxy, which learns the names alone', async () => {
    const proxy = await Proxy.start(place.path('proxy'), [server.port]);
    const { network } = office.open;
    await network.setWayOut({ proxy: proxy.url });
    // Names lead to loopback in this process only: the proxy knows none but localhost.
    publish('lena.proxy', certificate('lena.proxy@office.example'));
    const address = 'hana@nowhere.example';
    expect(await find(address, 'hkps://localhost')).toMatchObject({ host: 'localhost' });
    expect(await codeOf(find('lena.proxy@office.example'))).toBe('certificate-not-found');
    expect(proxy.asked()).toContainEqual(expect.stringContaining('CONNECT'));
    await proxy.stop();
    expect(await codeOf(find(address, 'hkps://localhost'))).toBe('directory-failed');
    await network.setWayOut({});
    expect(network.wayOut).toEqual({});
    expect(await codeOf(network.setWayOut({ proxy: 'socks://x:1' }))).toBe('input-refused');
  });

  it('are not asked through an air gap', async () => {
    await office.open.airGap.set(true);
    expect(await codeOf(find('bea.roth@office.example'))).toBe('air-gapped');
    await office.open.airGap.set(false);
  });
});
