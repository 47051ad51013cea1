import { DomainError } from '../domain/errors/index.ts';
import type { Desk } from './desk.ts';

const SETTING = 'air-gap';

/** One switch: while it is on, nothing that this vault does goes over a network. */
export class AirGap {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isOn(): boolean {
    return this.#desk.session.records.get('settings', SETTING)?.value === 'on';
  }

  /** @throws DomainError `not-allowed`, `ledger-read-only` */
  async set(isOn: boolean): Promise<void> {
    this.#desk.assertOfficer();
    this.#desk.assertWritable();
    const doc = { value: isOn ? 'on' : 'off' };
    await this.#desk.session.journal.note([{ put: 'settings', id: SETTING, doc }]);
  }

  /** What has to be asked before any connection is made. @throws DomainError `air-gapped` */
  assertOff(): void {
    if (this.isOn) throw new DomainError('air-gapped');
  }
}
