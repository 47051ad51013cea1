import { describe, expect, test } from 'vitest';
import {
  countLines,
  countPlaywright,
  countVitest,
  failuresOfVitest,
} from '../../scripts/counts.mjs';

const vitest = (...files: { status: string; tests: string[] }[]) =>
  JSON.stringify({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  });

describe('a report of Vitest', () => {
  test('counts what passed', () => {
    const report = vitest({ status: 'passed', tests: ['passed', 'passed'] });
    expect(countVitest(report, 0)).toEqual({ passed: 2, failed: 0 });
  });

  test('counts what was left out as failed', () => {
    const report = vitest({ status: 'passed', tests: ['passed', 'skipped', 'pending', 'todo'] });
    expect(countVitest(report, 0)).toEqual({ passed: 1, failed: 3 });
  });

  test('counts a file that could not be read, or holds no test, as one failure', () => {
    const good = { status: 'passed', tests: ['passed'] };
    expect(countVitest(vitest(good, { status: 'failed', tests: [] }), 1)).toEqual({
      passed: 1,
      failed: 1,
    });
    expect(countVitest(vitest(good, { status: 'passed', tests: [] }), 0)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  test('that ends badly although every test passed has a failure', () => {
    const report = vitest({ status: 'passed', tests: ['passed'] });
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('names what failed, with its reason', () => {
    const report = JSON.stringify({
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        {
          name: 'b.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'good' },
            { status: 'failed', fullName: 'bad', failureMessages: ['1 is not 2'] },
          ],
        },
      ],
    });
    expect(failuresOfVitest(report)).toEqual([
      'a.test.ts: no such module',
      'b.test.ts: bad\n1 is not 2',
    ]);
  });

  test('that is missing, or in which nothing ran, is a failure', () => {
    expect(countVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(countVitest(vitest(), 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a report of Playwright', () => {
  const stats = (numbers: object) =>
    JSON.stringify({
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...numbers },
    });

  test('counts flaky and skipped tests as failed', () => {
    const report = stats({ expected: 5, unexpected: 1, flaky: 1, skipped: 2 });
    expect(countPlaywright(report, 1)).toEqual({ passed: 5, failed: 4 });
  });

  test('that is missing, or in which nothing ran, is a failure', () => {
    expect(countPlaywright(undefined, 1)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(stats({}), 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('lines of ok and not ok', () => {
  test('are counted when every run came to its end', () => {
    const report = 'ok a\nnot ok b\n#   why\nend\nok c\nend\n';
    expect(countLines(report, 2, 0)).toEqual({ passed: 2, failed: 1 });
  });

  test('of a run that broke off are a failure', () => {
    expect(countLines('ok a\nend\nok b\n', 2, 0)).toEqual({ passed: 2, failed: 1 });
    expect(countLines(undefined, 2, 0)).toEqual({ passed: 0, failed: 1 });
  });
});
