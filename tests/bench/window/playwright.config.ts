import { defineConfig } from '@playwright/test';

/** One drive through the window: its figures are printed, and nothing depends on a clock. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../../test-results/bench',
  workers: 1,
  timeout: 30 * 60_000,
  reporter: 'line',
});
