import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { LIMIT_KIB, peakMemory } from '../support/peak-memory.ts';

const GIB = 1024 ** 3;

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
