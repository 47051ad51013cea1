import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BYTES = 256 * 1024;
const MODE = 0o600;

/**
 * Bugs, written down on this machine and nowhere else: when, which call, which places of the
 * program. No names, no content, no paths of a person's. The file is kept small; the one before
 * it is kept too.
 */
export class Diagnostics {
  private readonly file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.file = join(folder, 'diagnostics.log');
  }

  /** Writes one bug down; answers with the number under which it is found. */
  incident(where: string, trace: readonly string[]): string {
    const incident = randomBytes(4).toString('hex').toUpperCase();
    const at = new Date().toISOString();
    this.append(`${JSON.stringify({ at, incident, where, trace })}\n`);
    return incident;
  }

  private append(line: string): void {
    try {
      if ((statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
        renameSync(this.file, `${this.file}.1`);
      appendFileSync(this.file, line, { mode: MODE });
    } catch {
      // A disk that takes no diagnostics must not turn one failure into two.
    }
  }
}
