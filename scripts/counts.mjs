// What a test runner's report says, as two numbers. A test that was left out counts as failed, so
// does a file that could not be read, and so does a suite in which nothing ran.

/** @typedef {{ passed: number, failed: number, failures?: readonly string[] }} Counts */

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} exitCode of the runner: not 0 with nothing failed means that it broke down
 * @returns {Counts}
 */
function settle(passed, failed, exitCode) {
  const nothingRan = passed + failed === 0;
  return { passed, failed: nothingRan || (exitCode !== 0 && failed === 0) ? failed + 1 : failed };
}

/**
 * @param {string | undefined} report what Vitest's JSON reporter wrote, if it did
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  if (report === undefined) return settle(0, 0, 1);
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { testResults } = JSON.parse(report);
  let passed = 0;
  let failed = 0;
  for (const file of testResults) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') passed += 1;
      else failed += 1;
    }
    const broken = file.status !== 'passed' || file.assertionResults.length === 0;
    if (broken && file.assertionResults.every(({ status }) => status === 'passed')) failed += 1;
  }
  return settle(passed, failed, exitCode);
}

/**
 * What failed and why, for the end of a long run.
 * @param {string | undefined} report what Vitest's JSON reporter wrote, if it did
 * @returns {string[]}
 */
export function failuresOfVitest(report) {
  if (report === undefined) return [];
  /** @type {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} */
  const { testResults } = JSON.parse(report);
  return testResults.flatMap(({ name, message = '', status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status !== 'passed');
    if (failed.length === 0) return status === 'passed' ? [] : [`${name}: ${message}`];
    return failed.map(
      ({ fullName, failureMessages = [] }) =>
        `${name}: ${fullName}\n${failureMessages.join('\n').slice(0, 2000)}`,
    );
  });
}

/**
 * @param {string | undefined} report what Playwright's JSON reporter wrote, if it did
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  if (report === undefined) return settle(0, 0, 1);
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} */
  const { stats } = JSON.parse(report);
  return settle(stats.expected, stats.unexpected + stats.flaky + stats.skipped, exitCode);
}

/**
 * @param {string | undefined} report lines of `ok NAME` and `not ok NAME`; each run closes with `end`
 * @param {number} runs how many there should be
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countLines(report, runs, exitCode) {
  const lines = report?.split('\n') ?? [];
  const failed = lines.filter((line) => line.startsWith('not ok ')).length;
  const passed = lines.filter((line) => line.startsWith('ok ')).length;
  const ended = lines.filter((line) => line === 'end').length;
  return settle(passed, failed, ended === runs ? exitCode : 1);
}
