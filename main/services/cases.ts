import { DomainError } from '../domain/errors/index.ts';
import { CaseInput, type CaseRecord } from '../domain/cases/case.ts';
import type { Manifest } from '../domain/packages/manifest.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import { RemedyInput } from '../domain/cases/remedy.ts';
import type { Act, Opening } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import { Country } from '../domain/identifiers.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Desk } from './desk.ts';

export interface CaseView extends CaseRecord {
  readonly packages: {
    readonly id: string;
    readonly state: string;
    readonly direction: 'out' | 'in';
    readonly title: string;
  }[];
}

/** A case with what a commit has to say of it. */
export interface CaseOpened {
  readonly record: CaseRecord;
  readonly act: Act;
  readonly openings: readonly Opening[];
  readonly effect: Effect;
}

const LONGEST_REFERENCE = 120;
/** More of them stand in the vault only: an entry has 4 KiB. */
const MOST_DEADLINES = 10;

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
    const { record, act, openings, effect } = this.made(given);
    await desk.commit({ acts: [act], openings, effects: [effect] });
    return record;
  }

  /**
   * The case that a request opens when it is accepted; whoever accepts it commits it. It has the
   * reference of whoever asked, with a number behind it when a case of ours is called so.
   */
  forRequest({ arrival }: PackageRecord, manifest: Manifest): CaseOpened {
    const { reference } = manifest.case;
    const { country, organisation } = manifest.sender;
    const given: CaseInput = {
      reference: this.free(reference),
      title: manifest.case.title ?? reference,
      counterpart: [country ?? organisation],
      theirReference: reference,
      instrument: manifest.instrument,
      ...(arrival === undefined ? {} : { receivedOn: arrival.at.slice(0, 10) }),
      affectedIndividuals: manifest.affectedIndividuals,
      offences: manifest.offences,
    };
    return this.made(given, manifest.id);
  }

  /**
   * Reports what was offered to the people affected, as counts: no name of anybody.
   * @throws DomainError `case-unknown`, `input-refused`, `case-closed`
   */
  async remedy(reference: string, input: unknown): Promise<CaseRecord> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.find(reference);
    const given = parseInput(RemedyInput, input, 'remedy.json');
    if (record.state === 'closed') throw new DomainError('case-closed', { reference });
    const others = (record.remedies ?? []).filter(({ kind }) => kind !== given.kind);
    const changed: CaseRecord = { ...record, remedies: [...others, given] };
    await desk.commit({
      acts: [{ type: 'case-remedy', subject: { case: record.id }, detail: given }],
      effects: [{ put: 'cases', id: record.id, doc: changed }],
    });
    return changed;
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

  private free(reference: string): string {
    for (let number = 2; ; number += 1) {
      const tail = number === 2 ? '' : ` (${String(number - 1)})`;
      const candidate = `${reference.slice(0, LONGEST_REFERENCE - tail.length)}${tail}`;
      if (!this.byReference(candidate)) return candidate;
    }
  }

  private made(given: CaseInput, request?: string): CaseOpened {
    const { desk } = this;
    const record: CaseRecord = { ...given, id: desk.newId(), state: 'open', openedAt: desk.at() };
    const reference = desk.opening(given.reference);
    const deadlines = (given.deadlines ?? []).slice(0, MOST_DEADLINES);
    const names = deadlines.map(({ name }) => desk.opening(name));
    const { instrument, affectedIndividuals: affected, receivedOn, offences } = given;
    return {
      record,
      act: {
        type: 'case-opened',
        subject: { case: record.id },
        detail: {
          reference: reference.digest,
          ...(instrument === undefined ? {} : { instrument }),
          countries: given.counterpart.filter((name) => Country.safeParse(name).success),
          ...(affected ? { affected: affected.count, affectedMethod: affected.method } : {}),
          ...(receivedOn === undefined ? {} : { receivedOn }),
          ...(offences === undefined ? {} : { offences }),
          ...(deadlines.length === 0
            ? {}
            : {
                deadlines: deadlines.map(({ at }) => at),
                deadlineNames: names.map(({ digest }) => digest),
              }),
          ...(request === undefined ? {} : { request }),
        },
      },
      openings: [reference, ...names],
      effect: { put: 'cases', id: record.id, doc: record },
    };
  }

  private view(record: CaseRecord): CaseView {
    const packages = this.desk.session.records
      .list('packages', { where: { case: record.id } })
      .map(({ id, state, direction, title }) => ({ id, state, direction, title }));
    return { ...record, packages };
  }
}
