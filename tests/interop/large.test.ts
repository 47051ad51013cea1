import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, openSync, readFileSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, startCli, Workplace } from '../support/cli.ts';

const GIB = 1024 ** 3;
const LIMIT_KIB = 350 * 1024;

/** The process's peak of resident memory, read from the system while it runs. */
async function peakMemory(office: CliOffice, args: readonly string[]): Promise<number> {
  const child = startCli(args, office.env);
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0));
    } catch {
      clearInterval(watch);
    }
  }, 20);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  child.stdout.resume();
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearInterval(watch);
  expect(code, errors).toBe(0);
  return peak;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe('a package of 2 GiB', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const receiver = new CliOffice(place, 'receiver');

  beforeAll(() => {
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    const block = randomBytes(16 << 20);
    place.write('payload/small.txt', 'small');
    const file = openSync(place.path('payload/large.bin'), 'w');
    for (let written = 0; written < 2 * GIB; written += block.length) {
      block.writeUInt32LE(written / block.length, 0);
      writeSync(file, block);
    }
    closeSync(file);
  });
  afterAll(() => {
    place.clean();
  });

  it('is sealed, taken in and extracted in flat memory', { timeout: 600_000 }, async () => {
    const id = sender.draft([receiver.fingerprint], [place.path('payload')]);
    const sealing = await peakMemory(sender, ['package', 'seal', id, '--out', place.path('out')]);
    const name = sender.ok<{ sealed: { fileName: string } }>('package', 'show', id).sealed.fileName;
    const taking = await peakMemory(receiver, ['inbox', 'add', place.path('out', name)]);
    const extracting = await peakMemory(receiver, [
      'package',
      'extract',
      id,
      '--out',
      place.path('received'),
    ]);
    console.info(
      `VmHWM: seal ${String(sealing)}, take in ${String(taking)}, extract ${String(extracting)} KiB`,
    );
    for (const peak of [sealing, taking, extracting]) {
      expect(peak).toBeGreaterThan(0);
      expect(peak).toBeLessThan(LIMIT_KIB);
    }
    expect(await digestOf(place.path('received', id, 'data/payload/large.bin'))).toBe(
      await digestOf(place.path('payload/large.bin')),
    );
  });
});
