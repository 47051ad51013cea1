import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resignBundle } from '../../fixtures/bundles.ts';
import { covered, line, lines } from './changes.ts';
import type { Case } from './cases.ts';

export const ENTRIES: readonly Case[] = [
  {
    name: 'a field of entry 3 edited',
    make: covered('entries.jsonl', (text) => text.replace('"FR"', '"DE"')),
    exit: 4,
    places: ['entry 4 prev-mismatch', 'checkpoints.jsonl line 1 checkpoint-root'],
  },
  {
    name: 'the last entry edited',
    make: covered('entries.jsonl', (text) =>
      text
        .replace('"via":"passphrase"}', '"via":"recovery"}')
        .replace('2026-05-03T00:03', '2026-05-03T00:04'),
    ),
    exit: 4,
    places: ['checkpoint*'],
  },
  {
    name: 'an entry taken out of the middle',
    make: covered(
      'entries.jsonl',
      lines((all) => all.filter((_, at) => at !== 5)),
    ),
    exit: 4,
    places: ['entry 5 seq-wrong', 'entry 5 prev-mismatch', 'checkpoint checkpoint-beyond'],
  },
  {
    name: 'the end cut off',
    make: covered(
      'entries.jsonl',
      lines((all) => all.slice(0, 11)),
    ),
    exit: 4,
    places: ['checkpoint checkpoint-beyond'],
  },
  {
    name: 'two entries changed about',
    make: covered(
      'entries.jsonl',
      lines((all) => all.map((each, at) => (at === 4 ? all[5] : at === 5 ? all[4] : each) ?? '')),
    ),
    exit: 4,
    places: ['entry 4 seq-wrong', 'entry 5 seq-wrong', 'entry 6 prev-mismatch'],
  },
  {
    name: 'an entry put in twice',
    make: covered(
      'entries.jsonl',
      lines((all) => all.flatMap((each, at) => (at === 4 ? [each, each] : [each]))),
    ),
    exit: 4,
    places: ['entry 5 seq-wrong', 'entry 5 prev-mismatch'],
  },
  ...(
    [
      ['spaces', (text) => text.replace('","', '", "'), 'not-canonical'],
      ['members in another order', (text) => `{"type":"x",${text.slice(1)}`, 'not-canonical'],
      ['a member twice', (text) => text.replace('"seq":2,', '"seq":2,"seq":2,'), 'not-canonical'],
      ['the end of a line as on Windows', (text) => `${text}\r`, 'not-canonical'],
      ['a byte order mark', (text) => `\ufeff${text}`, 'not-canonical'],
      ['a NUL', (text) => text.replace('"subject"', '"\u0000subject"'), 'not-canonical'],
      ['a number with a fraction', (text) => text.replace('"seq":2', '"seq":2.0'), 'not-canonical'],
      [
        'another spelling of a letter',
        (text) => text.replace('entry', '\\u0065ntry'),
        'not-canonical',
      ],
      ['nothing', (text) => text.replace('"subject":{}', '"subject":null'), 'not-canonical'],
      ['a line of ten MiB', () => 'x'.repeat(10 * 1024 * 1024), 'entry-too-large'],
      [
        'a member that nobody knows',
        (text) => text.replace('{"actor"', '{"a":1,"actor"'),
        'document-refused',
      ],
      [
        'a type that nobody knows',
        (text) => text.replace('"member-added"', '"member-adored"'),
        'entry-type-unknown',
      ],
      [
        'a version to come',
        (text) => text.replace('valise.entry/1', 'valise.entry/2'),
        'version-unknown',
      ],
    ] as const satisfies readonly [string, (text: string) => string, string][]
  ).map(([name, change, code]) => ({
    name: `${name} in entry 2`,
    make: covered('entries.jsonl', line(2, change)),
    exit: 4 as const,
    places: [`entry 2 ${code}`],
  })),
  {
    name: 'bytes that are no text in entry 2',
    make: async (folder, { aminaAnew }) => {
      const path = join(folder, 'entries.jsonl');
      const bytes = readFileSync(path);
      bytes[bytes.indexOf('member-added')] = 0xff;
      writeFileSync(path, bytes);
      await resignBundle(folder, aminaAnew);
    },
    exit: 4,
    places: ['entry 2 not-canonical'],
  },
  {
    name: 'no end of the last line',
    make: covered('entries.jsonl', (text) => text.slice(0, -1)),
    exit: 4,
    places: ['entries.jsonl line 12 file-malformed'],
  },
];
