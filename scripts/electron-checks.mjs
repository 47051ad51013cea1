// The OpenPGP checks inside the Electron binary: its cryptography is BoringSSL and its Node is
// another one, so what passes in plain Node proves nothing there.
import { readFileSync, writeFileSync } from 'node:fs';
import { electronRuntime } from './electron-runtime.mjs';
import { at, onScreen, run, say } from './project.mjs';

/** A run that hangs is ended, and counts as broken off. */
const LIMIT = /** @type {const} */ ({ timeout: 15 * 60_000, killSignal: 'SIGKILL' });

/**
 * Bundles the checks and runs them twice: in Electron's Node, and in a utility process, which is
 * where the office runs.
 * @param {string} report the file that gets one line for each check
 * @returns {Promise<number>} 0 when both runs came to their end
 */
export async function electronChecks(report) {
  const { script } = await import('./bundles.mjs');
  await script('tests/electron/checks.ts', 'out/test/checks.cjs');
  await script('tests/electron/utility.ts', 'out/test/utility.cjs');
  writeFileSync(
    at('out/test/package.json'),
    JSON.stringify({ name: 'checks', type: 'commonjs', main: 'utility.cjs' }),
  );
  const { executable } = await electronRuntime();
  const node = await run(executable, [at('out/test/checks.cjs'), report, 'node'], {
    ...LIMIT,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const utility = await onScreen(
    executable,
    [
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${at('out/test/user-data')}`,
      at('out/test'),
      '--',
      report,
      'utility process',
    ],
    LIMIT,
  );
  for (const line of readFileSync(report, 'utf8').split('\n')) {
    if (/^(#|not ok)/.test(line)) say(line);
  }
  return node.code === 0 ? utility.code : node.code;
}
