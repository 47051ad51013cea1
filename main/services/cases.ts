import { DomainError } from '../domain/errors/index.ts';
import { CaseInput, type CaseRecord } from '../domain/cases/case.ts';
import { Country } from '../domain/identifiers.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Desk } from './desk.ts';

export interface CaseView extends CaseRecord {
  readonly packages: {
    readonly id: string;
    readonly state: string;
    readonly direction: 'out' | 'in';
  }[];
}

/** Cases: what a package belongs to. */
export class Cases {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /**
   * Opens a case from the members of `case.json`.
   * @throws DomainError `input-refused` naming the member, `case-exists`
   */
  async open(input: unknown): Promise<CaseRecord> {
    const { desk } = this;
    desk.assertOfficer();
    const given = parseInput(CaseInput, input, 'case.json');
    if (this.byReference(given.reference))
      throw new DomainError('case-exists', { reference: given.reference });
    const record: CaseRecord = { ...given, id: desk.newId(), state: 'open', openedAt: desk.at() };
    const reference = desk.opening(given.reference);
    await desk.commit({
      acts: [
        {
          type: 'case-opened',
          subject: { case: record.id },
          detail: {
            reference: reference.digest,
            ...(given.instrument === undefined ? {} : { instrument: given.instrument }),
            countries: given.counterpart.filter((name) => Country.safeParse(name).success),
            ...(given.affectedIndividuals ? { affected: given.affectedIndividuals.count } : {}),
            ...(given.receivedOn === undefined ? {} : { receivedOn: given.receivedOn }),
          },
        },
      ],
      openings: [reference],
      effects: [{ put: 'cases', id: record.id, doc: record }],
    });
    return record;
  }

  /** Closes a case, or opens it again. @throws DomainError `case-unknown`, `case-state` */
  async setState(reference: string, state: 'open' | 'closed'): Promise<CaseRecord> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.find(reference);
    if (record.state === state) throw new DomainError('case-state', { reference, state });
    const changed: CaseRecord = { ...record, state };
    await desk.commit({
      acts: [
        {
          type: state === 'closed' ? 'case-closed' : 'case-reopened',
          subject: { case: record.id },
          detail: {},
        },
      ],
      effects: [{ put: 'cases', id: record.id, doc: changed }],
    });
    return changed;
  }

  list(): CaseView[] {
    return this.desk.session.records.list('cases').map((record) => this.view(record));
  }

  /** @throws DomainError `case-unknown` */
  show(reference: string): CaseView {
    return this.view(this.find(reference));
  }

  /** By reference or by id. @throws DomainError `case-unknown` */
  find(reference: string): CaseRecord {
    const record = this.byReference(reference) ?? this.desk.session.records.get('cases', reference);
    if (!record) throw new DomainError('case-unknown', { reference });
    return record;
  }

  private byReference(reference: string): CaseRecord | undefined {
    return this.desk.session.records.list('cases', { where: { reference }, limit: 1 })[0];
  }

  private view(record: CaseRecord): CaseView {
    const packages = this.desk.session.records
      .list('packages', { where: { case: record.id } })
      .map(({ id, state, direction }) => ({ id, state, direction }));
    return { ...record, packages };
  }
}
