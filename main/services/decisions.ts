import { DomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import { decodeManifest } from '../domain/packages/manifest.ts';
import { releaseFacts } from '../domain/packages/facts.ts';
import type { PackageRecord, RecipientProgress } from '../domain/packages/package.ts';
import {
  hearOutcome,
  leastAdvanced,
  type Outcome,
  type PackageEvent,
  type PackageState,
} from '../domain/packages/states.ts';
import { isKnown } from '../domain/packages/vocabularies.ts';
import type { Receipt } from '../domain/transfers/receipt.ts';
import type { Act, Commit, Opening } from '../domain/vault/journal.ts';
import type { CaseOpened, Cases } from './cases.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import { channelOf, packageFor } from './package-record.ts';
import type { Receipts } from './receipts.ts';

export interface Decision {
  readonly id: string;
  readonly state: PackageState;
  /** Name of the receipt's file; where it lies when a folder was named. */
  readonly receipt: string;
  readonly path?: string;
  /** Reference of the case that a request opened. */
  readonly case?: string;
}

/** Said with every destruction: what software cannot promise. */
export const DESTRUCTION_LIMITS =
  'The sealed file and its records were removed from the vault. Software cannot promise that ' +
  'disks, snapshots, backups or copies made elsewhere hold nothing any more.';

const EVIDENCE_LIMIT = 16 * 1024 * 1024;

/** What a recipient decides about a package, each with a signed receipt to its sender. */
export class Decisions {
  private readonly desk: Desk;
  private readonly receipts: Receipts;
  private readonly cases: Cases;

  constructor(desk: Desk, receipts: Receipts, cases: Cases) {
    this.desk = desk;
    this.receipts = receipts;
    this.cases = cases;
  }

  /**
   * Accepts it. A request opens a case of ours by that, in which it is answered.
   * @throws DomainError `package-unknown`, `package-state`, `receipt-not-possible`
   */
  accept(id: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'accept');
    const { manifest } = decodeManifest(Buffer.from(record.manifest ?? '', 'base64'));
    const opened =
      manifest.kind === 'request' ? this.cases.forRequest(record, manifest) : undefined;
    const change = opened === undefined ? {} : { case: opened.record.id };
    const subject = subjectOf({ ...record, ...change });
    return this.decide(record, 'accepted', {
      act: { type: 'accepted', subject, detail: { facts: releaseFacts(manifest) } },
      ...(opened === undefined ? {} : { opened }),
      change,
      out,
    });
  }

  /** @throws DomainError `reason-unknown`, `package-unknown`, `package-state` */
  reject(id: string, reason: string, note?: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'reject');
    if (!isKnown('rejection-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const opening = note === undefined ? undefined : this.desk.opening(note);
    const facts = this.facts(record);
    return this.decide(record, 'rejected', {
      act: {
        type: 'rejected',
        subject: subjectOf(record),
        detail: { facts, reason, ...(opening ? { note: opening.digest } : {}) },
      },
      reason: { code: reason, ...(note === undefined ? {} : { text: note }) },
      ...(opening ? { openings: [opening] } : {}),
      out,
    });
  }

  /** Says that the data went back to the sender. @throws DomainError as `accept` */
  giveBack(id: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'return');
    const facts = this.facts(record);
    return this.decide(record, 'returned', {
      act: { type: 'returned', subject: subjectOf(record), detail: { facts } },
      out,
    });
  }

  /** @throws DomainError `reason-unknown`, `package-unknown`, `package-state` */
  dispute(id: string, reason: string, note?: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'dispute');
    if (!isKnown('dispute-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const opening = note === undefined ? undefined : this.desk.opening(note);
    return this.decide(record, 'disputed', {
      act: {
        type: 'disputed',
        subject: subjectOf(record),
        detail: { reason, ...(opening ? { note: opening.digest } : {}) },
      },
      reason: { code: reason, ...(note === undefined ? {} : { text: note }) },
      ...(opening ? { openings: [opening] } : {}),
      out,
    });
  }

  /**
   * Keeps a package beyond its date, or lets it go again: a hold beats a date, and nothing that is
   * held is destroyed.
   * @throws DomainError `reason-unknown`, `package-unknown`, `package-state`, `package-hold-state`
   */
  async hold(id: string, reason: string | undefined): Promise<PackageRecord> {
    const { desk } = this;
    const record = this.received(id, 'hold');
    if ((record.hold === undefined) === (reason === undefined))
      throw new DomainError('package-hold-state', { id });
    const subject = subjectOf(record);
    if (reason === undefined) {
      const { hold: _hold, ...rest } = record;
      const released: PackageRecord = { ...rest, changedAt: desk.at() };
      await desk.commit({
        acts: [{ type: 'hold-released', subject, detail: {} }],
        effects: [{ put: 'packages', id, doc: released }],
      });
      return released;
    }
    if (!isKnown('hold-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const held: PackageRecord = {
      ...record,
      hold: { reason, at: desk.at() },
      changedAt: desk.at(),
    };
    await desk.commit({
      acts: [{ type: 'held', subject, detail: { reason } }],
      effects: [{ put: 'packages', id, doc: held }],
    });
    return held;
  }

  /** Removes the sealed file and what the vault held of its content; says what cannot be promised. */
  destroy(id: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'destroy');
    if (record.hold) throw new DomainError('package-held', { id, reason: record.hold.reason });
    const facts = this.facts(record);
    const { sealed } = record;
    if (!sealed) throw new DomainError('package-gone', { id });
    return this.decide(record, 'destroyed', {
      act: {
        type: 'destroyed',
        subject: subjectOf(record),
        detail: { facts, how: 'software-delete' },
      },
      reason: { code: 'software-delete', text: DESTRUCTION_LIMITS },
      change: { sealed: { ...sealed, kept: false } },
      removals: sealed.kept ? [this.desk.sealed(sealed.fileName)] : [],
      out,
    });
  }

  /**
   * Records what a recipient without Valise let us know: by us, not signed by them.
   * @throws DomainError `package-unknown`, `recipient-unclear`, `file-unknown`
   */
  async record(
    id: string,
    outcome: Outcome,
    evidencePath: string,
    note: string,
    fingerprint?: string,
  ): Promise<PackageRecord> {
    const { desk } = this;
    desk.assertOfficer();
    const record = packageFor(desk, id, 'hear');
    const only = record.recipients.length === 1 ? record.recipients[0]?.fingerprint : undefined;
    const of = record.recipients.find((row) => row.fingerprint === (fingerprint ?? only));
    if (!of) throw new DomainError('recipient-unclear', { id });
    const bytes = await desk.tools.files.read(evidencePath, EVIDENCE_LIMIT);
    const opening = desk.opening(note);
    const next = hearOutcome(of.state, of.heard, outcome);
    const recipients = record.recipients.map((row): RecipientProgress =>
      row === of
        ? {
            ...row,
            state: next.state,
            at: desk.at(),
            by: 'recorded',
            heard: [...new Set([...row.heard, outcome])],
          }
        : row,
    );
    const changed: PackageRecord = {
      ...record,
      recipients,
      changedAt: desk.at(),
      state: leastAdvanced(recipients.map(({ state }) => state)),
    };
    const evidence = sha256Hex(bytes);
    await desk.commit({
      acts: [
        {
          type: 'recorded',
          subject: { ...subjectOf(record), contact: of.fingerprint },
          detail: { outcome, recipient: of.fingerprint, evidence, note: opening.digest },
        },
      ],
      openings: [opening],
      evidence: [{ sha256: evidence, kind: 'recorded', bytes }],
      effects: [{ put: 'packages', id, doc: changed }],
    });
    return changed;
  }

  private async decide(
    record: PackageRecord,
    kind: Outcome,
    options: {
      readonly act: Act;
      readonly reason?: Receipt['reason'];
      readonly openings?: readonly Opening[];
      readonly opened?: CaseOpened;
      readonly change?: Partial<PackageRecord>;
      readonly removals?: Commit['removals'];
      readonly out?: string | undefined;
    },
  ): Promise<Decision> {
    const { desk, receipts } = this;
    const channel = channelOf(desk, record.id);
    const made = await receipts.make(record, kind, { reason: options.reason, channel });
    const state = kind as PackageState;
    const changed: PackageRecord = { ...record, ...options.change, state, changedAt: desk.at() };
    await receipts.deliver(made, options.out, (extra) =>
      desk.commit({
        acts: [...(options.opened ? [options.opened.act] : []), options.act, made.act],
        openings: [...(options.openings ?? []), ...(options.opened?.openings ?? [])],
        evidence: made.evidence,
        effects: [
          { put: 'packages', id: record.id, doc: changed },
          ...(options.opened ? [options.opened.effect] : []),
          ...made.effects,
        ],
        renames: [...made.renames, ...extra],
        removals: options.removals ?? [],
        keepCheckpoint: true,
      }),
    );
    return {
      id: record.id,
      state,
      ...(options.opened === undefined ? {} : { case: options.opened.record.reference }),
      receipt: made.fileName,
      ...(options.out === undefined
        ? {}
        : { path: desk.tools.files.join(options.out, made.fileName) }),
    };
  }

  private received(id: string, event: PackageEvent): PackageRecord {
    this.desk.assertOfficer();
    this.desk.assertWritable();
    return packageFor(this.desk, id, event);
  }

  private facts(record: PackageRecord) {
    return releaseFacts(decodeManifest(Buffer.from(record.manifest ?? '', 'base64')).manifest);
  }
}
