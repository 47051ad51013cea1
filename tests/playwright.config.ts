import { defineConfig } from '@playwright/test';
import { electronRuntime, runtimeEnvironment } from '../scripts/electron-runtime.mjs';

// Read by electron's own index.js, thus by `_electron.launch`.
Object.assign(process.env, runtimeEnvironment(await electronRuntime()));

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  // One window at a time on a screen: windows must not take the focus from each other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // Time limits end what hangs, and nothing else: a slow machine fails nothing.
  timeout: 5 * 60_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 30_000 },
  use: { actionTimeout: 30_000, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
