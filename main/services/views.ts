import { z } from 'zod';
import { DomainError } from '../domain/errors/index.ts';
import { Code, Country, Fingerprint, Uuid } from '../domain/identifiers.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import { CalendarDate } from '../domain/time.ts';
import type { Desk } from './desk.ts';

/** What History looks for, as its form has it. */
export const ViewFilter = z.strictObject({
  text: z.string().max(400).exactOptional(),
  acts: Code.exactOptional(),
  type: Code.exactOptional(),
  from: CalendarDate.exactOptional(),
  to: CalendarDate.exactOptional(),
  actor: Fingerprint.exactOptional(),
  contact: Fingerprint.exactOptional(),
  case: Uuid.exactOptional(),
  package: Uuid.exactOptional(),
  country: Country.exactOptional(),
  outcome: Code.exactOptional(),
});
export type ViewFilter = z.infer<typeof ViewFilter>;

const ViewName = z.strictObject({ name: z.string().trim().min(1).max(80) });

/** A filter that somebody gave a name. */
export interface SavedView {
  readonly id: Uuid;
  readonly name: string;
  readonly filter: ViewFilter;
}

const PREFIX = 'history-view/';
const MOST = 100;

/**
 * Named filters of History. Names of people and operations can be in them, so that they rest in
 * the vault; they are nobody's act, so that the ledger says nothing of them.
 */
export class Views {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** By name. */
  list(): SavedView[] {
    return this.#desk.session.records
      .list('settings', { idPrefix: PREFIX })
      .map(({ value }) => JSON.parse(value) as SavedView)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Keeps a filter under a name; one of the same name is replaced.
   * @throws DomainError `input-refused`, `views-full`
   */
  async save(given: { readonly name: string; readonly filter: unknown }): Promise<SavedView> {
    const { name } = parseInput(ViewName, { name: given.name }, 'the view');
    const filter = parseInput(ViewFilter, given.filter, 'the view');
    const known = this.list();
    const same = known.find((view) => view.name === name);
    if (same === undefined && known.length >= MOST)
      throw new DomainError('views-full', { most: MOST });
    const view: SavedView = { id: same?.id ?? this.#desk.newId(), name, filter };
    const doc = { value: JSON.stringify(view) };
    await this.#desk.session.journal.note([{ put: 'settings', id: PREFIX + view.id, doc }]);
    return view;
  }

  /** Forgets a view; one that is not there is forgotten already. */
  async drop(id: Uuid): Promise<void> {
    await this.#desk.session.journal.note([{ drop: 'settings', id: PREFIX + id }]);
  }
}
