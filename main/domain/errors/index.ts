import { commandLineErrors } from './command-line.ts';
import { exchangeErrors } from './exchange.ts';
import { ledgerErrors } from './ledger.ts';
import { packageErrors } from './packages.ts';
import { peopleErrors } from './people.ts';
import { pgpErrors } from './pgp.ts';
import { vaultErrors } from './vault.ts';

/**
 * How an error ends a command: 1 the input or the state is wrong; 3 wrong passphrase or no right;
 * 4 verification failed; 5 an outside system failed (disk, server).
 */
export type ExitCode = 1 | 3 | 4 | 5;

/** One row of an error table. `{name}` in a text is replaced by the parameter of that name. */
export interface ErrorText {
  readonly exit: ExitCode;
  /** What happened, where, and what was kept: one plain sentence or two. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

/** Every code that Valise can answer with, each with its sentence. A code never changes its meaning. */
export const ERRORS = {
  ...vaultErrors,
  ...peopleErrors,
  ...pgpErrors,
  ...packageErrors,
  ...exchangeErrors,
  ...ledgerErrors,
  ...commandLineErrors,
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * An expected failure that a person can act on. Anything else that is thrown is a bug (an
 * "exception", shown as an incident). Parameters reach screens and logs: never put a secret,
 * or text of the payload, into one.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(fill(ERRORS[code].message, params), options);
    this.name = 'DomainError';
    this.code = code;
    this.params = params;
  }

  get exit(): ExitCode {
    return ERRORS[this.code].exit;
  }

  get hint(): string | undefined {
    const row: ErrorText = ERRORS[this.code];
    return row.hint === undefined ? undefined : fill(row.hint, this.params);
  }
}

/** Whether `error` is the expected failure `code`. */
export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}

function fill(text: string, params: ErrorParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
