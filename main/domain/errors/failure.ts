import { DomainError, isDomainError } from './index.ts';

/** What may be known outside of something that was thrown. */
export interface Described {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Of a bug: the kind of error and the places in the program, for the local diagnostics. */
  readonly trace?: readonly string[];
}

/**
 * An expected failure keeps its code and sentence, with paths cut to their last part. Of anything
 * else, a bug, only the kind of error and the places in the program are told: its message may
 * hold names or content.
 */
export function describeFailure(error: unknown): Described {
  if (!isDomainError(error)) {
    const trace = error instanceof Error ? [error.name, ...framesOf(error)] : [typeof error];
    return { code: 'unexpected', message: '', trace };
  }
  const params = Object.fromEntries(
    Object.entries(error.params).map(([name, value]) => [
      name,
      typeof value === 'string' && ABSOLUTE.test(value) ? lastPart(value) : value,
    ]),
  );
  const { code, message, hint } = new DomainError(error.code, params);
  return { code, message, ...(hint === undefined ? {} : { hint }), params };
}

const ABSOLUTE = /^(?:\/|\\\\|[A-Za-z]:[\\/])/;

function lastPart(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}

const FRAME = /^\s*at (?:(?:async )?([\w.<>[\] ]+) \()?(?:.*[\\/])?([\w.-]+:\d+:\d+)\)?$/;
const MOST_FRAMES = 30;

/** `function file:line:column` of each frame: the program's own words, nobody's data. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .flatMap((line) => {
      const frame = FRAME.exec(line);
      return frame ? [`${frame[1] ?? ''} ${frame[2] ?? ''}`.trim()] : [];
    })
    .slice(0, MOST_FRAMES);
}
