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
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import { packageFor } from './package-record.ts';
import type { Receipts } from './receipts.ts';

export interface Decision {
  readonly id: string;
  readonly state: PackageState;
  /** Name of the receipt's file; where it lies when a folder was named. */
  readonly receipt: string;
  readonly path?: string;
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

  constructor(desk: Desk, receipts: Receipts) {
    this.desk = desk;
    this.receipts = receipts;
  }

  /** @throws DomainError `package-unknown`, `package-state`, `receipt-not-possible` */
  accept(id: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'accept');
    const facts = this.facts(record);
    return this.decide(record, 'accepted', {
      act: { type: 'accepted', subject: subjectOf(record), detail: { facts } },
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

  /** Removes the sealed file and what the vault held of its content; says what cannot be promised. */
  destroy(id: string, out?: string): Promise<Decision> {
    const record = this.received(id, 'destroy');
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
      readonly change?: Partial<PackageRecord>;
      readonly removals?: Commit['removals'];
      readonly out?: string | undefined;
    },
  ): Promise<Decision> {
    const { desk, receipts } = this;
    const channel = this.channelOf(record);
    const made = await receipts.make(record, kind, { reason: options.reason, channel });
    const state = kind as PackageState;
    const changed: PackageRecord = { ...record, ...options.change, state, changedAt: desk.at() };
    await receipts.deliver(made, options.out, (extra) =>
      desk.commit({
        acts: [options.act, made.act],
        openings: options.openings ?? [],
        evidence: made.evidence,
        effects: [{ put: 'packages', id: record.id, doc: changed }, ...made.effects],
        renames: [...made.renames, ...extra],
        removals: options.removals ?? [],
        keepCheckpoint: true,
      }),
    );
    return {
      id: record.id,
      state,
      receipt: made.fileName,
      ...(options.out === undefined
        ? {}
        : { path: desk.tools.files.join(options.out, made.fileName) }),
    };
  }

  private channelOf(record: PackageRecord): string | undefined {
    return this.desk.session.records
      .list('outgoing', { where: { package: record.id } })
      .find(({ channel }) => channel !== undefined)?.channel;
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
