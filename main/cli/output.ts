import type { Writable } from 'node:stream';
import { isDomainError } from '../domain/errors/index.ts';
import type { Progress } from '../domain/ports.ts';

/** What a command answers with: one JSON document, and the same as a few plain lines. */
export interface Answer {
  readonly json: object;
  readonly lines: readonly string[];
  /** 0 unless the answer itself is bad news (a check that blocks, a ledger that does not verify). */
  readonly exit?: number;
}

/** Writes an answer to stdout in the form that was asked for. */
export function printAnswer(answer: Answer, asJson: boolean, out: Writable): void {
  if (asJson) out.write(`${JSON.stringify(answer.json)}\n`);
  else for (const line of answer.lines) out.write(`${line}\n`);
}

/** What went wrong, as people and scripts read it: never a stack trace, never a secret. */
export function describeError(error: unknown): {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly exit: number;
} {
  if (isDomainError(error)) {
    const { code, message, hint, exit } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }), exit };
  }
  return {
    code: 'unexpected',
    message: `Something failed that should not fail (${error instanceof Error ? error.name : 'unknown'}). Nothing half-done was left behind.`,
    hint: 'Run the command again with VALISE_DEBUG=1 to see where, and report it.',
    exit: 5,
  };
}

/** Writes an error to stderr, or as the one JSON document to stdout. Answers with the exit code. */
export function printError(error: unknown, asJson: boolean, out: Writable, err: Writable): number {
  const { code, message, hint, exit } = describeError(error);
  if (asJson) {
    out.write(
      `${JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }) } })}\n`,
    );
  } else {
    err.write(`valise: ${message} [${code}]\n`);
    if (hint !== undefined) err.write(`  ${hint}\n`);
  }
  if (process.env['VALISE_DEBUG'] === '1' && error instanceof Error)
    err.write(`${error.stack ?? ''}\n`);
  return exit;
}

/** Draws a bar on a terminal, and nothing elsewhere. */
export function progressBar(err: Writable & { isTTY?: boolean }): (progress: Progress) => void {
  if (err.isTTY !== true) return () => undefined;
  const started = Date.now();
  let last = 0;
  return ({ stage, done, total }) => {
    const now = Date.now();
    if (now - last < 100 && done < total) return;
    last = now;
    const seconds = Math.max(0.001, (now - started) / 1000);
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * 30);
    const left = share > 0 ? Math.round((seconds / share) * (1 - share)) : 0;
    const speed = Math.round(done / seconds / 1e6);
    err.write(
      `\r${stage} [${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${String(Math.round(share * 100))} % ${String(speed)} MB/s ${String(left)} s left  `,
    );
    if (done >= total) err.write('\n');
  };
}
