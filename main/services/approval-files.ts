import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import { Role } from '../domain/identifiers.ts';
import type { Manifest } from '../domain/packages/manifest.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import { isKnown } from '../domain/packages/vocabularies.ts';
import { readArmor } from '../domain/pgp/armor.ts';
import {
  decodeApprovalAnswer,
  decodeApprovalRequest,
  encodeApprovalAnswer,
  encodeApprovalRequest,
  type ApprovalAnswer,
  type RequestedApproval,
} from '../domain/transfers/approval.ts';
import type { Commit } from '../domain/vault/journal.ts';
import type { Approvals } from './approvals.ts';
import type { Approvers } from './approvers.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Opening } from './opening.ts';

/** What somebody in another office asks this member to agree to. */
export interface ApprovalAsked {
  readonly packageId: string;
  readonly manifest: Manifest;
  readonly manifestDigest: string;
  readonly askedBy: { readonly name: string; readonly fingerprint: string };
  readonly at: string;
  /** `signer-unverified`: nobody compared the fingerprint of who asks. */
  readonly warnings: readonly string[];
}

/** What this member makes of it. */
export type ApprovalWord =
  | { readonly decision: 'approved' }
  | { readonly decision: 'refused'; readonly reason: string; readonly note?: string | undefined };

interface Read {
  readonly asked: RequestedApproval;
  readonly warnings: readonly string[];
}

/** Approvals by people with another vault: a sealed request out, a sealed answer in. */
export class ApprovalFiles {
  readonly #desk: Desk;
  readonly #contacts: Contacts;
  readonly #opening: Opening;
  readonly #approvals: Approvals;
  readonly #approvers: Approvers;

  constructor(
    desk: Desk,
    contacts: Contacts,
    opening: Opening,
    approvals: Approvals,
    approvers: Approvers,
  ) {
    this.#desk = desk;
    this.#contacts = contacts;
    this.#opening = opening;
    this.#approvals = approvals;
    this.#approvers = approvers;
  }

  /**
   * Fixes the form and writes a request for all approvers with another vault into a new file.
   * @throws DomainError `approvers-elsewhere-none`, `file-exists`, and what `fix` throws; nothing is fixed then
   */
  async request(
    id: string,
    out: string,
  ): Promise<{ readonly record: PackageRecord; readonly to: readonly string[] }> {
    const desk = this.#desk;
    desk.assertOfficer();
    const { record, acts, manifest, manifestBytes } = await this.#approvals.fix(id);
    if (manifest.sender.fingerprint !== desk.session.member.fingerprint)
      throw new DomainError('not-the-sender', { name: manifest.sender.name });
    const asked = manifest.approval.approvers.flatMap(({ fingerprint }) => {
      const approver = this.#approvers.find(fingerprint);
      return approver === undefined || approver.role !== undefined ? [] : [approver];
    });
    if (asked.length === 0) throw new DomainError('approvers-elsewhere-none');
    const bytes = encodeApprovalRequest({
      id: desk.newId(),
      at: desk.at(),
      by: desk.party(),
      releaseBytes: manifestBytes,
    });
    await this.#seal(
      bytes,
      asked.map(({ certificate }) => certificate),
      out,
      async (partial) => {
        if (acts.length === 0) await desk.tools.files.rename(partial, out);
        else
          await desk.commit({
            acts,
            effects: [{ put: 'packages', id, doc: record }],
            renames: [{ from: partial, to: out }],
          });
      },
    );
    return { record, to: asked.map(({ name }) => name) };
  }

  /**
   * Reads a request: who asks, and for what.
   * @throws DomainError of the message and the document, `approval-signer-mismatch`,
   * `approval-not-asked`
   */
  async look(path: string): Promise<ApprovalAsked> {
    return shown(await this.#read(path));
  }

  /**
   * Answers a request with this member's own key, into a new file for who asked.
   * @param seen digest of the manifest that was shown: the file may be another by now
   * @throws DomainError `reason-unknown`, `file-exists`, `approval-request-changed`, and what
   * `look` throws
   */
  async sign(
    path: string,
    out: string,
    word: ApprovalWord = { decision: 'approved' },
    seen?: string,
  ): Promise<ApprovalAsked> {
    const desk = this.#desk;
    desk.assertWritable();
    const read = await this.#read(path);
    if (seen !== undefined && read.asked.manifestDigest !== seen)
      throw new DomainError('approval-request-changed');
    const { answer, said } = await this.#answer(read.asked, word);
    const asker = this.#contacts.record(read.asked.request.by.fingerprint);
    await this.#seal(
      encodeApprovalAnswer(answer),
      [Buffer.from(asker.certificate, 'base64')],
      out,
      async (partial) => {
        await desk.commit({
          ...said,
          renames: [{ from: partial, to: out }],
          keepCheckpoint: true,
        });
      },
    );
    return shown(read);
  }

  /**
   * Takes an answer in.
   * @throws DomainError of the message and the document, `approval-signer-mismatch`,
   * `approval-other-bytes`, of checkApprovals, `package-unknown`, `package-state`
   */
  async add(path: string): Promise<PackageRecord> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const { bytes, signer } = await this.#document(path);
    const { answer } = decodeApprovalAnswer(bytes);
    assertSignedBy(signer, answer.by.fingerprint);
    const fixed = this.#approvals.fixed(
      answer.packageId,
      answer.decision === 'approved' ? 'approve' : 'refuse',
    );
    if (fixed.record.manifestDigest !== answer.manifestDigest)
      throw new DomainError('approval-other-bytes', { id: answer.packageId });
    const { fingerprint } = answer.by;
    if (!fixed.manifest.approval.approvers.some((named) => named.fingerprint === fingerprint))
      throw new DomainError('approval-unlisted', { fingerprint });
    if (answer.decision === 'refused')
      return this.#approvals.addRefusal(fixed.record, [], {
        fingerprint,
        reason: {
          code: answer.reason.code,
          ...(answer.reason.text === undefined ? {} : { text: answer.reason.text }),
        },
      });
    return this.#approvals.add(fixed, [], {
      fingerprint,
      signature: answer.signature,
      certificate: Buffer.from(this.#contacts.record(fingerprint).certificate, 'base64'),
    });
  }

  /** The answer, and what it is in this member's own ledger. */
  async #answer(
    { manifest, manifestDigest, releaseBytes }: RequestedApproval,
    word: ApprovalWord,
  ): Promise<{ readonly answer: ApprovalAnswer; readonly said: Commit }> {
    const desk = this.#desk;
    const { member, keys } = desk.session;
    const approver = member.fingerprint;
    const subject = { package: manifest.id, manifest: manifestDigest };
    const common = {
      format: 'valise.approval/1',
      id: desk.newId(),
      packageId: manifest.id,
      manifestDigest,
      at: desk.at(),
      by: desk.party(),
    } as const;
    if (word.decision === 'approved') {
      const [key] = keys;
      if (!key) throw new DomainError('vault-locked');
      const signature = await desk.tools.engine.sign(releaseBytes, key, desk.now());
      const { bytes } = readArmor(signature);
      const sha256 = sha256Hex(bytes);
      return {
        answer: { ...common, decision: 'approved', signature },
        said: {
          acts: [{ type: 'approved', subject, detail: { approver, signature: sha256 } }],
          evidence: [{ sha256, kind: 'approval', bytes }],
        },
      };
    }
    const { reason, note: text } = word;
    if (!isKnown('rejection-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const note = text === undefined ? undefined : desk.opening(text);
    const written = text === undefined ? {} : { text };
    const committed = note === undefined ? {} : { note: note.digest };
    return {
      answer: { ...common, decision: 'refused', reason: { code: reason, ...written } },
      said: {
        acts: [{ type: 'refused', subject, detail: { approver, reason, ...committed } }],
        openings: note === undefined ? [] : [note],
      },
    };
  }

  async #read(path: string): Promise<Read> {
    const { role, fingerprint } = this.#desk.session.member;
    if (role === Role.enum.auditor) throw new DomainError('not-allowed', { role });
    const { bytes, signer } = await this.#document(path);
    const asked = decodeApprovalRequest(bytes);
    assertSignedBy(signer, asked.request.by.fingerprint);
    if (!asked.manifest.approval.approvers.some((named) => named.fingerprint === fingerprint))
      throw new DomainError('approval-not-asked');
    const { verification } = this.#contacts.record(signer);
    return { asked, warnings: verification ? [] : ['signer-unverified'] };
  }

  /** A sealed document from a contact who is not blocked. */
  async #document(path: string) {
    const opened = await this.#opening.open(path);
    if (opened.kind === 'bag')
      throw new DomainError('document-unknown', { format: 'a package; take it in by the inbox' });
    const { signer } = opened.message;
    const contact = this.#contacts.record(signer);
    if (contact.blocked) throw new DomainError('signer-blocked', { name: contact.name });
    return { bytes: opened.bytes, signer };
  }

  /** Seals a document into a partial file beside `out`; `keep` gives it its name. */
  async #seal(
    bytes: Uint8Array,
    certificates: readonly Uint8Array[],
    out: string,
    keep: (partial: string) => Promise<void>,
  ): Promise<void> {
    const desk = this.#desk;
    const { engine, files } = desk.tools;
    const [signer] = desk.session.keys;
    if (!signer) throw new DomainError('vault-locked');
    if (await files.facts(out)) throw new DomainError('file-exists', { path: out });
    const facts = await Promise.all(
      certificates.map(async (each) => (await engine.readCertificate(each, desk.now())).facts),
    );
    const content = (async function* () {
      yield await Promise.resolve(bytes);
    })();
    const sealed = engine.seal({
      content,
      recipients: certificates,
      signer,
      profile: engine.messageProfile([...facts, desk.session.certificate.facts]),
      compress: false,
      at: desk.now(),
    });
    const partial = `${out}.partial`;
    await desk.withScratch(partial, async () => {
      const file = await files.partial(partial);
      try {
        for await (const chunk of sealed) await file.write(chunk);
        await file.finish();
      } catch (error) {
        await file.discard();
        throw error;
      }
      await keep(partial);
    });
  }
}

function shown({ asked, warnings }: Read): ApprovalAsked {
  const { request, manifest, manifestDigest } = asked;
  const { by: askedBy, at } = request;
  return { packageId: manifest.id, manifest, manifestDigest, askedBy, at, warnings };
}

function assertSignedBy(signer: string, by: string): void {
  if (signer !== by) throw new DomainError('approval-signer-mismatch', { signer, by });
}
