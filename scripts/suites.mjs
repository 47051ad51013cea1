// Every suite of the project: what `npm test` runs, and each npm script alone.
//
//   node scripts/suites.mjs NAME [ARGS…]
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { countLines, countPlaywright, countVitest, failuresOfVitest } from './counts.mjs';
import { electronChecks } from './electron-checks.mjs';
import { electronRuntime, runtimeEnvironment } from './electron-runtime.mjs';
import { at, isEntry, onScreen, run, say, tool } from './project.mjs';
import { ready } from './ready.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {(args: readonly string[]) => Promise<Counts>} Suite
 */

/** @type {Record<string, Suite>} in the order in which they are run */
export const suites = {
  lint: (args) => check('eslint/bin/eslint.js', '.', ...args),
  format: (args) => check('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.', ...args),
  typecheck: (args) => check('typescript/bin/tsc', '-b', ...args),
  electron,
  unit: (args) => vitest('unit', ['unit', 'window'], args),
  interop: (args) => vitest('interop', ['interop'], args),
  hostile: (args) => vitest('hostile', ['hostile'], args),
  crash: (args) => vitest('crash', ['crash'], args),
  /** The three above at once: no processor waits for the last file of each. */
  deep: (args) => vitest('deep', ['interop', 'hostile', 'crash'], args),
  e2e,
  packaged,
};

/**
 * A tool that answers with its exit code alone counts as one.
 * @param {string} path
 * @param {...string} args
 * @returns {Promise<Counts>}
 */
async function check(path, ...args) {
  await ready();
  const { code } = await tool(path, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} name
 * @param {readonly string[]} projects of vitest.config.ts
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
async function vitest(name, projects, args) {
  // Tests start the command line as people do, so it has to be there and fresh.
  await ready('node', 'tests');
  const report = reportFile(name);
  const { code } = await tool('vitest/vitest.mjs', [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  const written = read(report);
  return { ...countVitest(written, code), failures: failuresOfVitest(written) };
}

/** The OpenPGP checks again, inside Electron, whose cryptography is not Node's. */
async function electron() {
  await ready();
  const report = reportFile('electron');
  const code = await electronChecks(report);
  return countLines(read(report), 2, code);
}

/**
 * The window, driven from outside.
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
async function e2e(args) {
  await ready('node', 'tests', 'window');
  if (args.length > 0) return playwright('e2e', args);
  // A window waits more than it works, so two are driven at a time, each on a screen of its own:
  // windows of one screen would take the focus from each other. The files are dealt out in turn.
  const files = readdirSync(at('tests/e2e'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .sort();
  const halves = await Promise.all(
    [0, 1].map((half) =>
      playwright(`e2e-${String(half)}`, [
        ...files.filter((_, index) => index % 2 === half).map((name) => `tests/e2e/${name}`),
        `--output=${at('test-results', String(half))}`,
      ]),
    ),
  );
  return {
    passed: halves.reduce((sum, { passed }) => sum + passed, 0),
    failed: halves.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function playwright(name, args, env = {}) {
  const runtime = await electronRuntime();
  const report = reportFile(name);
  const { code } = await onScreen(
    process.execPath,
    [
      at('node_modules/@playwright/test/cli.js'),
      'test',
      '--config=tests/playwright.config.ts',
      '--reporter=list,json',
      ...args,
    ],
    {
      env: {
        ...process.env,
        ...runtimeEnvironment(runtime),
        ...env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    },
  );
  return countPlaywright(read(report), code);
}

/**
 * The packed program: looked at from outside, then driven through the main job like the built one.
 * @param {readonly string[]} args
 */
async function packaged(args) {
  const { code } = await run(process.execPath, [at('scripts/dist.mjs'), '--development']);
  if (code !== 0) throw new Error('The program could not be packed.');
  const { drivable } = await import('./drivable.mjs');
  const looked = await vitest('packaged', ['packaged'], args);
  const driven = await playwright('packaged-window', ['tests/e2e/exchange.spec.ts'], {
    VALISE_EXECUTABLE: await drivable(at('dist/development')),
  });
  return { passed: looked.passed + driven.passed, failed: looked.failed + driven.failed };
}

/** @param {string} name */
function reportFile(name) {
  const folder = at('out/reports');
  mkdirSync(folder, { recursive: true });
  const path = at(folder, `${name}.report`);
  rmSync(path, { force: true });
  return path;
}

/** @param {string} path */
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/**
 * Runs one suite; one that breaks down counts as failed.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
export async function runSuite(name, args = []) {
  try {
    const suite = suites[name];
    if (!suite) throw new Error(`There is no suite ${name}: ${Object.keys(suites).join(', ')}.`);
    return await suite(args);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

if (isEntry(import.meta.url)) {
  const [name = '', ...args] = process.argv.slice(2);
  const { passed, failed } = await runSuite(name, args);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
