import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const seconds = (count: number) => count * 1000;

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
