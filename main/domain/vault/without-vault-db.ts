import { DomainError } from '../errors/index.ts';
import type { Scratch } from '../files.ts';
import type { Records } from './records.ts';

/** What an auditor has in the place of vault.db: no key to it, so nothing in it. */
export class NoRecords implements Records {
  get(): never {
    throw refused();
  }

  list(): never {
    throw refused();
  }

  count(): never {
    throw refused();
  }
}

/** An auditor's exports leave no memory in the vault: a crash leaves a `.partial` where it was. */
export class ForgetfulScratch implements Scratch {
  readonly #paths = new Set<string>();

  begin(path: string): void {
    this.#paths.add(path);
  }

  end(path: string): void {
    this.#paths.delete(path);
  }

  left(): string[] {
    return [...this.#paths];
  }
}

function refused(): DomainError {
  return new DomainError('not-allowed', { role: 'auditor' });
}
