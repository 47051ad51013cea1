import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resignBundle } from '../../fixtures/bundles.ts';
import { covered } from './changes.ts';
import type { Case } from './cases.ts';

export const CHECKPOINT: readonly Case[] = (
  [
    ['a seventh line', (text) => `${text}\n`],
    ['a leading zero', (text) => text.replace('\n12\n', '\n012\n')],
    ['no last LF', (text) => text.slice(0, -1)],
    ['lines as on Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['another base64', (text) => text.replace('=', '')],
    ['a size beyond 2^53', (text) => text.replace('\n12\n', '\n9007199254740993\n')],
    ['keys beyond the size', (text) => text.replace('keys 10', 'keys 12')],
    ['a day that is none', (text) => text.replace('time 2026-05-03', 'time 2026-02-30')],
  ] as const satisfies readonly [string, (text: string) => string][]
)
  .map(([name, change]): Case => ({
    name: `a checkpoint with ${name}`,
    make: covered('checkpoint', change),
    exit: 4,
    places: ['checkpoint checkpoint-malformed'],
  }))
  .concat(
    (
      [
        [
          'origin',
          (text) =>
            text.replace(/^valise\/(.)/, (_, first) => `valise/${first === 'e' ? 'f' : 'e'}`),
        ],
        ['size', (text) => text.replace('\n12\n', '\n13\n')],
        ['head', (text) => text.replace(/head ..../, 'head ffff')],
        ['time', (text) => text.replace(/time 2026/, 'time 2025')],
        ['keys', (text) => text.replace('keys 10', 'keys 2')],
      ] as const satisfies readonly [string, (text: string) => string][]
    ).map(([name, change]): Case => ({
      name: `a checkpoint with another ${name}`,
      make: async (folder, ledger) => {
        const path = join(folder, 'checkpoint');
        const body = change(readFileSync(path, 'utf8'));
        writeFileSync(path, body);
        writeFileSync(join(folder, 'checkpoint.asc'), await ledger.aminaAnew.sign(body));
        await resignBundle(folder, ledger.aminaAnew);
      },
      exit: 4,
      places: [`checkpoint checkpoint-${name === 'size' ? 'beyond' : name}`],
    })),
  );
