import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const seconds = (count: number) => count * 1000;

/** Files that take longest, most first: begun last, each would keep one processor idle. */
const LONGEST = [
  'interop/carrier-faults',
  'crash/kill-files',
  'crash/kill-entries',
  'crash/members',
  'interop/large',
  'interop/hand-made',
  'interop/sftp',
  'interop/email',
  'hostile/people',
  'interop/approvals',
  'interop/exchange',
  'interop/verify-py-agreement',
  'interop/verify-py',
  'crash/journal-faults',
  'interop/minimise',
  'hostile/bag-limits',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.includes(`/tests/${name}`));
      return found === -1 ? LONGEST.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => place(a) - place(b));
  }
}

/**
 * One project per kind of test, so that each can be run alone (`npx vitest run --project interop`)
 * and a path still finds its tests (`npx vitest run tests/main/domain/ledger`).
 * Every file runs in a process of its own: the native modules and the peers that tests start
 * must not meet each other's state. Time limits only end what hangs: a slow machine fails nothing.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    passWithNoTests: false,
    // A test that is left out or narrowed down by mistake fails the run instead of shrinking it.
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{main,preload,house,scripts}/**/*.test.ts'],
          environment: 'node',
          testTimeout: seconds(60),
          hookTimeout: seconds(60),
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'window',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: seconds(60),
          hookTimeout: seconds(60),
        },
      },
      {
        test: {
          name: 'interop',
          include: ['tests/interop/**/*.test.ts'],
          environment: 'node',
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        test: {
          name: 'hostile',
          include: ['tests/hostile/**/*.test.ts'],
          environment: 'node',
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          environment: 'node',
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        test: {
          name: 'packaged',
          include: ['tests/packaged/**/*.test.ts'],
          environment: 'node',
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
    ],
  },
});
