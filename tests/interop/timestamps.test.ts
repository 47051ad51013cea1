import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, startCli, Workplace } from '../support/cli.ts';
import { freePort } from '../support/ports.ts';
import { Proxy } from '../support/proxy.ts';
import { Tsa } from '../support/tsa.ts';

/** A ledger's checkpoint, stamped by a time-stamp authority that `openssl ts` is. */
const place = new Workplace();
const office = new CliOffice(place, 'stamped');
const tsa = new Tsa();

beforeAll(() => {
  office.init();
});
afterAll(() => {
  tsa.end();
  place.clean();
});

interface Failed {
  readonly error: { readonly code: string; readonly message: string };
}
const requestTo = (name: string) => {
  const path = place.path(name);
  const { size } = office.ok<{ size: number }>('ledger', 'timestamp', '--request', path);
  return { bytes: readFileSync(path), size, path };
};
const take = (name: string, response: Uint8Array) =>
  office.run<Failed>('ledger', 'timestamp', '--response', place.write(name, response));
/** The command while this process goes on answering. */
async function ask(url: string): Promise<{ code: number; json: Failed & { size: number } }> {
  const child = startCli(['ledger', 'timestamp', '--url', url], office.env);
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString('utf8')));
  const code = await new Promise<number>((done) => child.once('close', done));
  return { code, json: JSON.parse(out) as Failed & { size: number } };
}
const entries = () =>
  office.ok<{ entries: { detail: Record<string, unknown> }[] }>(
    ...['ledger', 'show', '--type', 'timestamped'],
  ).entries;

describe('a time-stamp by file', () => {
  it('goes out as a request and comes in as evidence that openssl accepts', () => {
    const { bytes, size } = requestTo('first.tsq');
    const response = tsa.reply(bytes);
    expect(take('first.tsr', response)).toMatchObject({ code: 0, json: { size } });
    expect(entries()).toHaveLength(1);
    expect(office.ok('ledger', 'verify')).toMatchObject({ verified: true });

    const bundle = place.path('bundle');
    office.ok('ledger', 'export', '--out', bundle);
    const { response: name, checkpoint } = entries()[0]!.detail as Record<string, string>;
    const kept = readFileSync(join(bundle, 'timestamps', `${String(name)}.tsr`));
    expect(kept.equals(response)).toBe(true);
    const verifier = join(bundle, 'verify.py');
    const args = [verifier, bundle, '--trust', office.fingerprint];
    expect(execFileSync('python3', args, { encoding: 'utf8' })).toContain('Verified');
    expect(office.run('verify', bundle, '--trust', office.fingerprint).code).toBe(0);

    // What anybody can do with the bundle, openssl and a root that they know.
    const line = readFileSync(join(bundle, 'checkpoints.jsonl'), 'utf8')
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => (JSON.parse(each) as { body: string }).body)
      .find((body) => body.split('\n')[1] === String(size));
    const body = place.write('body', line ?? '');
    const verified = spawnSync(
      'openssl',
      ['ts', '-verify', '-data', body, '-in', place.path('first.tsr'), '-CAfile', 'ca.pem'],
      { cwd: tsa.folder, encoding: 'utf8' },
    );
    expect(verified.stdout + verified.stderr).toContain('Verification: OK');
    expect(checkpoint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('counts once: a second time it answers nothing', () => {
    expect(take('again.tsr', readFileSync(place.path('first.tsr')))).toMatchObject({
      code: 4,
      json: { error: { code: 'timestamp-unasked' } },
    });
  });

  it('is not taken for another content, or when it was refused', () => {
    const mine = requestTo('second.tsq');
    const other = Uint8Array.from(mine.bytes);
    // The digest in the request; the nonce stays.
    const at = Buffer.from(other).indexOf(Buffer.from('0420', 'hex')) + 2;
    other[at] = (other[at] ?? 0) ^ 1;
    expect(take('other.tsr', tsa.reply(other))).toMatchObject({
      code: 4,
      json: { error: { code: 'timestamp-refused' } },
    });
    expect(take('refused.tsr', tsa.reply(mine.bytes, 'tsa_refusing'))).toMatchObject({
      code: 4,
      json: { error: { code: 'timestamp-refused' } },
    });
    expect(entries()).toHaveLength(1);
    expect(take('second.tsr', tsa.reply(mine.bytes)).code).toBe(0);
    expect(entries()).toHaveLength(2);
  });

  it('never writes over a file', () => {
    const path = place.write('taken.tsq', 'something');
    const { code, json } = office.run<Failed>('ledger', 'timestamp', '--request', path);
    expect([code, json.error.code]).toEqual([1, 'file-exists']);
    expect(readFileSync(path, 'utf8')).toBe('something');
  });

  it('that the bundle does not hold, or holds changed, makes both verifiers fail', () => {
    const bundle = place.path('tampered');
    office.ok('ledger', 'export', '--out', bundle);
    const { response } = entries()[0]!.detail as { response: string };
    const file = join(bundle, 'timestamps', `${response}.tsr`);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const python = spawnSync('python3', [join(bundle, 'verify.py'), bundle], { encoding: 'utf8' });
    expect([python.status, python.stdout.includes(response)]).toEqual([4, true]);
    expect(office.run('verify', bundle).code).toBe(4);
  });
});

describe('a time-stamp from a server', () => {
  it('is asked for once and taken in', async () => {
    const before = entries().length;
    const { code, json } = await ask(await tsa.serve());
    expect([code, json.size > 0]).toEqual([0, true]);
    expect(entries()).toHaveLength(before + 1);
    expect(office.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });

  it.each([
    ['fails', { status: 500, body: Buffer.from('no') }, 'timestamp-server', 5],
    ['sends elsewhere', { status: 302, body: Buffer.from('') }, 'timestamp-server', 5],
    ['answers without end', { body: Buffer.alloc(1 << 20) }, 'timestamp-server', 5],
    ['answers something else', { body: Buffer.from('<html>') }, 'timestamp-refused', 4],
  ])('that %s leaves nothing', async (_, answer, code, exit) => {
    const before = entries().length;
    const ran = await ask(await tsa.serve(() => answer));
    expect([ran.code, ran.json.error.code]).toEqual([exit, code]);
    expect(entries()).toHaveLength(before);
  });

  it.each(['file:///etc/passwd', 'ftp://host/tsa', 'not a url', 'http://me:secret@host/tsa'])(
    'is not asked at %s',
    async (url) => {
      const { code, json } = await ask(url);
      expect([code, json.error.code]).toEqual([1, 'input-refused']);
      expect(json.error.message).not.toContain('secret');
    },
  );

  it('is reached through the agency’s proxy', async () => {
    const url = await tsa.serve();
    const proxy = await Proxy.start(place.path('proxy'), [Number(new URL(url).port)]);
    office.ok('network', 'set', '--proxy', proxy.url);
    expect(office.ok('network', 'show')).toEqual({ proxy: proxy.url, authority: null });
    const before = entries().length;
    expect((await ask(url)).code).toBe(0);
    expect(entries()).toHaveLength(before + 1);
    expect(proxy.asked()).toContainEqual(expect.stringContaining('CONNECT'));
    // A server behind it that takes the connection and says nothing.
    const silent = createServer(() => undefined);
    const port = await freePort();
    await new Promise<void>((done) => silent.listen(port, '127.0.0.1', done));
    const leading = await Proxy.start(place.path('leading'), [port]);
    office.ok('network', 'set', '--proxy', leading.url);
    const waited = await ask(`http://127.0.0.1:${String(port)}/tsa`);
    expect(waited.json.error.message).toContain('it does not answer');
    silent.close();
    await leading.stop();
    await proxy.stop();
    office.ok('network', 'set', '--proxy', proxy.url);
    const { code, json } = await ask(url);
    expect([code, json.error.code]).toEqual([5, 'timestamp-server']);
    expect(json.error.message).toContain('the proxy: nothing listens there');
    office.ok('network', 'set');
    expect(office.ok('network', 'show')).toEqual({ proxy: null, authority: null });
  });
});
