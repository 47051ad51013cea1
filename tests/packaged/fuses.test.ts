import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pinnedVersion } from '../../scripts/electron-runtime.mjs';
import { FUSES } from '../../scripts/fuses.mjs';
import { openedUp, packed, smuggled, type Program } from './program.ts';

const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

let open: Program;
beforeAll(async () => {
  open = await openedUp();
});
afterAll(() => {
  rmSync(open.folder, { recursive: true, force: true });
});

test('every fuse that the binary has is set as the list says', async () => {
  const wire = Object.entries(await getCurrentFuseWire(packed.binary)).filter(
    ([option]) => option in FuseV1Options,
  );
  expect(wire.length).toBeGreaterThanOrEqual(7);
  const wanted = new Map(FUSES.map(({ option, on }) => [String(option), on ? ON : OFF]));
  for (const [option, state] of wire) {
    expect([FuseV1Options[Number(option)], state]).toEqual([
      FuseV1Options[Number(option)],
      wanted.get(option),
    ]);
  }
});

test('every fuse that the pinned Electron knows has its reason', () => {
  const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
  expect(FUSES.map(({ option }) => option).sort()).toEqual(known.sort());
  for (const { reason } of FUSES) expect(reason).toMatch(/^\w.*\.$/);
  expect(pinnedVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});

const script = (mark: string) => `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');\n`;

/** Ways to have another's code run by the program, in its name and with its rights. */
const ways: [string, (program: Program) => boolean][] = [
  [
    'by running the program as Node',
    (program) =>
      smuggled(program, (mark) => ({
        args: ['-e', script(mark)],
        env: { ELECTRON_RUN_AS_NODE: '1' },
      })),
  ],
  [
    'by NODE_OPTIONS',
    (program) =>
      smuggled(program, (mark, place) => {
        const path = join(place, 'smuggled.cjs');
        writeFileSync(path, script(mark));
        return {
          args: ['-e', '0'],
          env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${path}` },
        };
      }),
  ],
  [
    'by a folder in the place of app.asar',
    (program) => {
      const archive = join(program.folder, 'resources/app.asar');
      const planted = join(program.folder, 'resources/app');
      renameSync(archive, `${archive}-aside`);
      try {
        return smuggled(program, (mark) => {
          mkdirSync(planted, { recursive: true });
          writeFileSync(join(planted, 'package.json'), '{"name":"app","main":"main.js"}');
          writeFileSync(join(planted, 'main.js'), script(mark));
          return { args: ['--no-sandbox'] };
        });
      } finally {
        rmSync(planted, { recursive: true, force: true });
        renameSync(`${archive}-aside`, archive);
      }
    },
  ],
];

test.each(ways)('nothing can be smuggled in %s', (_, way) => {
  expect(way(packed)).toBe(false);
  expect(way(open)).toBe(true);
});
