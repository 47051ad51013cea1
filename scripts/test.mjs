// npm test                  every suite; the last line is `N passed, N failed`
// npm test -- NAME…         only these suites, in the same way
import { say } from './project.mjs';
import { ready } from './ready.mjs';
import { runSuite, suites } from './suites.mjs';
import { prepareSystem } from './system.mjs';

/** Each of them keeps one processor busy, so it goes beside the next ones in the list. */
const BESIDE = new Set(['lint']);
const UNTIL = 'electron';
/** What the suite `deep` runs together. */
const WITHIN_DEEP = new Set(['interop', 'hostile', 'crash']);

if (!(await prepareSystem())) process.exit(1);
await ready();

/** @type {string[]} */
const lines = [];
let passed = 0;
let failed = 0;
/** @type {string[]} Said once more at the end: the log of a long run is read from there. */
const failures = [];

/** @param {string} name */
async function count(name) {
  say(`\n── ${name} ──`);
  const began = Date.now();
  const counts = await runSuite(name);
  passed += counts.passed;
  failed += counts.failed;
  failures.push(...(counts.failures ?? []));
  const seconds = Math.round((Date.now() - began) / 1000);
  const line = `${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`;
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

const wanted = process.argv.slice(2);
const names =
  wanted.length > 0 ? wanted : Object.keys(suites).filter((name) => !WITHIN_DEEP.has(name));
/** @type {Promise<void>[]} */
let beside = [];
for (const name of names) {
  if (BESIDE.has(name)) beside.push(count(name));
  else await count(name);
  if (name !== UNTIL) continue;
  await Promise.all(beside);
  beside = [];
}
await Promise.all(beside);
if (failures.length > 0) process.stdout.write(`\n${failures.join('\n\n')}\n`);
process.stdout.write(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
