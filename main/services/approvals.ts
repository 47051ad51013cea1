import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Fingerprint } from '../domain/identifiers.ts';
import { decodeManifest, type Manifest } from '../domain/packages/manifest.ts';
import {
  requireEvent,
  standingOf,
  type ApprovalGiven,
  type PackageRecord,
} from '../domain/packages/package.ts';
import { allowedEvents, type PackageEvent } from '../domain/packages/states.ts';
import { isKnown } from '../domain/packages/vocabularies.ts';
import { readArmor } from '../domain/pgp/armor.ts';
import { checkApprovals, type GivenApproval } from '../domain/transfers/check-approvals.ts';
import type { Act, Evidence, Opening } from '../domain/vault/journal.ts';
import type { Approvers } from './approvers.ts';
import type { Desk } from './desk.ts';
import type { DraftCheck } from './draft-check.ts';
import { subjectOf, type Drafts } from './drafts.ts';
import type { Freezing } from './freezing.ts';
import { packageFor, packageRecord } from './package-record.ts';

/** A draft whose manifest stands, with the manifest. */
export interface Fixed {
  readonly record: PackageRecord;
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
}

/** Who has to agree to a package beside its officer, and what they said. */
export interface Agreement {
  readonly required: number;
  /** The form stands: what is signed cannot be changed any more. */
  readonly isFixed: boolean;
  readonly approvers: readonly {
    readonly fingerprint: Fingerprint;
    readonly name: string;
    /** Of this vault; others answer by file. */
    readonly isMember: boolean;
    readonly said?: ApprovalGiven['decision'];
    readonly at?: string;
    readonly reason?: { readonly code: string; readonly text?: string };
  }[];
  /** This member is asked, and can answer now. */
  readonly isAsked: boolean;
}

/** The second signature: people beside the officer agree to a package, or do not. */
export class Approvals {
  readonly #desk: Desk;
  readonly #drafts: Drafts;
  readonly #check: DraftCheck;
  readonly #approvers: Approvers;
  readonly #freezing: Freezing;

  constructor(
    desk: Desk,
    parts: {
      readonly drafts: Drafts;
      readonly check: DraftCheck;
      readonly approvers: Approvers;
      readonly freezing: Freezing;
    },
  ) {
    this.#desk = desk;
    this.#drafts = parts.drafts;
    this.#check = parts.check;
    this.#approvers = parts.approvers;
    this.#freezing = parts.freezing;
  }

  /**
   * Fixes the manifest, so that it can be shown to those who are asked. Fixed already: nothing.
   * @throws DomainError `package-unknown`, `package-state`, `package-blocked`, `not-allowed`
   */
  async freeze(id: string): Promise<PackageRecord> {
    this.#desk.assertOfficer();
    const { record, acts } = await this.fix(id);
    if (acts.length > 0)
      await this.#desk.commit({ acts, effects: [{ put: 'packages', id, doc: record }] });
    return record;
  }

  /**
   * Signs the manifest with this member's own key: the first approval fixes it.
   * @throws DomainError `approval-own`, `approval-not-asked`, `approval-given`, `package-blocked`,
   * `package-unknown`, `package-state`, `not-allowed`
   */
  async approve(id: string): Promise<PackageRecord> {
    const desk = this.#desk;
    const { record, acts, ...fixed } = await this.fix(id);
    this.#assertAsked(record, fixed.manifest);
    const { fingerprint } = desk.session.member;
    const before = record.approvals?.find((given) => given.fingerprint === fingerprint);
    if (before?.decision === 'approved') throw new DomainError('approval-given');
    const [key] = desk.session.keys;
    if (key?.fingerprint !== fingerprint) throw new DomainError('vault-locked');
    const signature = await desk.tools.engine.sign(fixed.manifestBytes, key, desk.now());
    return this.add({ record, ...fixed }, acts, {
      fingerprint,
      signature,
      certificate: desk.session.certificate.bytes,
    });
  }

  /**
   * Says no, with a reason: from then on it can only be edited, which makes a new draft.
   * @throws DomainError `reason-unknown`, and as `approve`
   */
  async refuse(id: string, reason: string, note?: string): Promise<PackageRecord> {
    if (!isKnown('rejection-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const desk = this.#desk;
    const { record, acts, manifest } = await this.fix(id);
    this.#assertAsked(record, manifest);
    return this.addRefusal(record, acts, {
      fingerprint: desk.session.member.fingerprint,
      reason: { code: reason, ...(note === undefined ? {} : { text: note }) },
    });
  }

  /** The package with its stored manifest, when that is fixed. @throws DomainError `package-*` */
  fixed(id: string, event: PackageEvent): Fixed {
    const record = packageFor(this.#desk, id, event);
    const manifestBytes = Buffer.from(record.manifest ?? '', 'base64');
    return { record, manifest: decodeManifest(manifestBytes).manifest, manifestBytes };
  }

  /**
   * Takes an approval in, from a member or from another vault, after every check.
   * @throws DomainError of checkApprovals
   */
  async add(fixed: Fixed, acts: readonly Act[], given: GivenApproval): Promise<PackageRecord> {
    const desk = this.#desk;
    const { record } = fixed;
    await this.check(fixed, [given], 0);
    const bytes = readArmor(given.signature).bytes;
    const signature = sha256Hex(bytes);
    const said: ApprovalGiven = {
      ...this.#who(fixed.manifest, given.fingerprint),
      at: desk.at(),
      decision: 'approved',
      signature: given.signature,
      certificate: Buffer.from(given.certificate).toString('base64'),
    };
    const approvals = [...othersThan(record, given.fingerprint), said];
    const enough =
      approvals.filter(({ decision }) => decision === 'approved').length >=
      (record.approvalsRequired ?? 0);
    const { stand: _stand, ...rest } = record;
    const changed: PackageRecord = {
      ...rest,
      ...(enough ? { state: 'approved' } : { state: 'assessed', stand: 'frozen' }),
      changedAt: desk.at(),
      approvals,
    };
    const certificate = sha256Hex(given.certificate);
    await this.#commit(changed, {
      acts: [
        ...acts,
        {
          type: 'approved',
          subject: subjectOf(record),
          detail: { approver: given.fingerprint, signature },
        },
      ],
      evidence: [
        { sha256: signature, kind: 'approval', bytes },
        { sha256: certificate, kind: 'certificate', bytes: given.certificate },
      ],
    });
    return changed;
  }

  /** Takes a refusal in. A reason that the list does not know is kept as it came. */
  async addRefusal(
    record: PackageRecord,
    acts: readonly Act[],
    given: {
      readonly fingerprint: Fingerprint;
      readonly reason: { readonly code: string; readonly text?: string };
    },
  ): Promise<PackageRecord> {
    const desk = this.#desk;
    const { fingerprint, reason } = given;
    const said: ApprovalGiven = {
      ...this.#who(this.#manifest(record), fingerprint),
      at: desk.at(),
      decision: 'refused',
      reason,
    };
    const changed: PackageRecord = {
      ...record,
      state: 'assessed',
      stand: 'refused',
      changedAt: desk.at(),
      approvals: [...othersThan(record, fingerprint), said],
    };
    const note = reason.text === undefined ? undefined : desk.opening(reason.text);
    await this.#commit(changed, {
      acts: [
        ...acts,
        {
          type: 'refused',
          subject: subjectOf(record),
          detail: {
            approver: fingerprint,
            reason: reason.code,
            ...(note === undefined ? {} : { note: note.digest }),
          },
        },
      ],
      openings: note === undefined ? [] : [note],
    });
    return changed;
  }

  /**
   * Every rule for the second signatures of a package, as its receivers will check them.
   * @param required how many are needed; as many as the manifest says unless told
   * @throws DomainError of checkApprovals
   */
  async check(
    { manifest, manifestBytes }: Pick<Fixed, 'manifest' | 'manifestBytes'>,
    approvals: readonly GivenApproval[],
    required = manifest.approval.required,
  ): Promise<void> {
    const { tools, session } = this.#desk;
    const sender = manifest.sender.fingerprint;
    const own = sender === session.member.fingerprint ? session.certificate.bytes : undefined;
    const senderCertificate = own ?? this.#approvers.find(sender)?.certificate;
    if (senderCertificate === undefined)
      throw new DomainError('not-the-sender', { name: manifest.sender.name });
    await checkApprovals(tools.engine, {
      manifest: { sender: manifest.sender, approval: { ...manifest.approval, required } },
      manifestBytes,
      approvals,
      sendersKeys: this.#approvers.keysOf(sender),
      senderCertificate,
      at: this.#desk.now(),
    });
  }

  /** Who has to agree beside the officer, and what they said; undefined when nobody has to. */
  agreement(id: string): Agreement | undefined {
    const { member } = this.#desk.session;
    const record = packageRecord(this.#desk, id);
    if (record.direction === 'in') return undefined;
    const isFixed = record.manifest !== undefined;
    const named = isFixed
      ? this.#manifest(record).approval.approvers
      : (record.draft?.approvers ?? []).map((fingerprint) => ({ fingerprint, name: '' }));
    const required = record.approvalsRequired ?? this.#check.approvalsRequired(record);
    if (named.length === 0 && required === 0) return undefined;
    const canSay = allowedEvents('out', standingOf(record)).includes('approve');
    const approvers = named.map(({ fingerprint, name }) => {
      const approver = this.#approvers.find(fingerprint);
      const given = record.approvals?.find((each) => each.fingerprint === fingerprint);
      return {
        fingerprint,
        name: name === '' ? (approver?.name ?? fingerprint) : name,
        isMember: approver?.role !== undefined,
        ...(given === undefined ? {} : { said: given.decision, at: given.at }),
        ...(given?.decision === 'refused' ? { reason: given.reason } : {}),
      };
    });
    const own = approvers.find(({ fingerprint }) => fingerprint === member.fingerprint);
    return {
      required,
      isFixed,
      approvers,
      isAsked: isFixed && canSay && own !== undefined && own.said === undefined,
    };
  }

  /**
   * The draft with its manifest fixed, now or before; `acts` say that it is fixed now, and the
   * caller commits them with the record.
   * @throws DomainError `package-unknown`, `package-state`, `package-blocked`, `ledger-read-only`
   */
  async fix(id: string): Promise<Fixed & { readonly acts: readonly Act[] }> {
    this.#desk.assertWritable();
    const record = this.#drafts.draft(id, 'seal');
    if (record.manifest !== undefined) return { ...this.fixed(id, 'edit'), acts: [] };
    const blockers = await this.#check.check(id);
    const before = blockers.filter(({ code }) => code !== 'approval-missing');
    if (before.length > 0)
      throw new DomainError('package-blocked', {
        count: before.length,
        problems: before.map(({ message }) => message).join(' '),
      });
    return this.#freezing.freeze(record);
  }

  #assertAsked(record: PackageRecord, manifest: Manifest): void {
    const { fingerprint } = this.#desk.session.member;
    if (manifest.sender.fingerprint === fingerprint) throw new DomainError('approval-own');
    if (!manifest.approval.approvers.some((named) => named.fingerprint === fingerprint))
      throw new DomainError('approval-not-asked');
    requireEvent(record, 'approve');
  }

  #who(manifest: Manifest, fingerprint: Fingerprint) {
    const named = manifest.approval.approvers.find((each) => each.fingerprint === fingerprint);
    return { fingerprint, name: named?.name ?? fingerprint };
  }

  #manifest(record: PackageRecord): Manifest {
    return decodeManifest(Buffer.from(record.manifest ?? '', 'base64')).manifest;
  }

  async #commit(
    record: PackageRecord,
    commit: {
      readonly acts: readonly Act[];
      readonly evidence?: readonly Evidence[];
      readonly openings?: readonly Opening[];
    },
  ): Promise<void> {
    await this.#desk.commit({
      ...commit,
      effects: [{ put: 'packages', id: record.id, doc: record }],
      keepCheckpoint: true,
    });
  }
}

function othersThan(record: PackageRecord, fingerprint: Fingerprint): ApprovalGiven[] {
  return (record.approvals ?? []).filter((given) => given.fingerprint !== fingerprint);
}

/** The approvals of a package as they go into its bag. */
export function approvalsGiven(record: PackageRecord): GivenApproval[] {
  return (record.approvals ?? []).flatMap((given) =>
    given.decision === 'approved'
      ? [
          {
            fingerprint: given.fingerprint,
            signature: given.signature,
            certificate: Buffer.from(given.certificate, 'base64'),
          },
        ]
      : [],
  );
}
