// npm run bench [-- NAME…]   prints ours, the peer's and the machine's figures, and their ratios
//
//   --mib N        size of the file that is sealed and opened, 1024 unless told
//   --rounds N     how often it is, 3 unless told
//   --starts N     how often the window is started, 7 unless told
//   --entries N    length of the ledger, 1000000 unless told
//
// Nothing is judged: bars are beside the figures, and no test depends on a clock.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { electronRuntime, runtimeEnvironment } from './electron-runtime.mjs';
import { at, onScreen, run, say } from './project.mjs';
import { ready } from './ready.mjs';

const SUFFIX = '.bench.ts';
/** Benches that open windows. */
const IN_WINDOWS = ['start-up', 'window'];
const OPTIONS = /** @type {const} */ (['mib', 'rounds', 'starts', 'entries']);

/**
 * @param {string} name of a bench
 * @param {Record<string, string>} settings
 * @returns {Promise<number>} its exit code
 */
async function bench(name, settings) {
  const { script } = await import('./bundles.mjs');
  await script(`tests/bench/${name}${SUFFIX}`, `out/bench/${name}.cjs`);
  const env = { ...process.env, ...settings };
  const args = [at(`out/bench/${name}.cjs`)];
  if (!IN_WINDOWS.includes(name)) return (await run(process.execPath, args, { env })).code;
  await ready('window');
  for (const app of ['watch', 'empty'])
    await script(`tests/bench/start-up/${app}.ts`, `out/bench/start-up/${app}.cjs`);
  const runtime = await electronRuntime();
  const windows = {
    ...env,
    ...runtimeEnvironment(runtime),
    BENCH_ELECTRON: runtime.executable,
  };
  return (await onScreen(process.execPath, args, { env: windows })).code;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' }])),
  });
  const settings = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (!/^[1-9]\d*$/.test(String(value))) throw new Error(`--${name} wants a whole number.`);
      return [`BENCH_${name.toUpperCase()}`, String(value)];
    }),
  );
  const names = readdirSync(at('tests/bench'))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .filter((name) => positionals.length === 0 || positionals.includes(name));
  if (names.length === 0) throw new Error(`There is no bench named ${positionals.join(' or ')}.`);
  await ready('node');
  for (const name of names) if ((await bench(name, settings)) !== 0) process.exitCode = 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
