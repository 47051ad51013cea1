import { DomainError } from '../domain/errors/index.ts';
import type { ContactRecord } from '../domain/certificates/contact.ts';
import { sealedFileName } from '../domain/packages/file-name.ts';
import { releaseFacts } from '../domain/packages/facts.ts';
import { bagSize, writeBag } from '../domain/packages/bag-writer.ts';
import type { Manifest } from '../domain/packages/manifest.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import { consistencyProof } from '../domain/ledger/merkle.ts';
import type { MessageProfile } from '../domain/pgp/engine.ts';
import type { Work } from '../domain/ports.ts';
import type { Act } from '../domain/vault/journal.ts';
import { approvalsGiven, type Approvals } from './approvals.ts';
import type { Contacts } from './contacts.ts';
import { continuingGenesis } from '../domain/vault/earlier.ts';
import type { Desk } from './desk.ts';
import type { DraftCheck } from './draft-check.ts';
import { superseding } from './superseding.ts';
import { subjectOf, type Drafts } from './drafts.ts';
import type { Freezing, Frozen } from './freezing.ts';

export interface SealOptions {
  /** Folder that gets a copy of the sealed file. */
  readonly out?: string | undefined;
  /** Also encrypt to the own key, so that the sender can open it later. */
  readonly toSelf?: boolean | undefined;
  readonly compress?: boolean | undefined;
}

export interface Sealed {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
  readonly manifestDigest: string;
  readonly profile: MessageProfile;
  readonly bytes: number;
}

/** The act of sealing: once for each package, all of it or nothing. */
export class Sealing {
  private readonly desk: Desk;
  private readonly contacts: Contacts;
  private readonly drafts: Drafts;
  private readonly check: DraftCheck;
  private readonly freezing: Freezing;
  private readonly approvals: Approvals;

  constructor(
    desk: Desk,
    parts: {
      readonly contacts: Contacts;
      readonly drafts: Drafts;
      readonly check: DraftCheck;
      readonly freezing: Freezing;
      readonly approvals: Approvals;
    },
  ) {
    this.desk = desk;
    this.contacts = parts.contacts;
    this.drafts = parts.drafts;
    this.check = parts.check;
    this.freezing = parts.freezing;
    this.approvals = parts.approvals;
  }

  /** The form that a seal would have now: shown before it is made. */
  async profileFor(fingerprints: readonly string[]): Promise<MessageProfile> {
    const facts = await Promise.all(
      fingerprints.map((fingerprint) => this.contacts.facts(this.contacts.record(fingerprint))),
    );
    return this.desk.tools.engine.messageProfile([...facts, this.desk.session.certificate.facts]);
  }

  /**
   * Freezes the manifest unless that was done, streams the bag through signature and encryption into the vault, copies
   * it to `out`, and writes the entries. A cancel or a failure leaves the draft as it was.
   * @throws DomainError `package-blocked` with what blocks, `not-the-sender`, of checkApprovals,
   * `file-changed`, `cancelled`, `disk-full`
   */
  async seal(id: string, options: SealOptions = {}, work: Work = {}): Promise<Sealed> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const record = this.drafts.draft(id, 'seal');
    const blockers = await this.check.check(id);
    if (blockers.length > 0)
      throw new DomainError('package-blocked', {
        count: blockers.length,
        problems: blockers.map((item) => item.message).join(' '),
      });
    const fixed = this.fixed(record);
    const { manifest } = fixed;
    const { sender } = manifest;
    if (sender.fingerprint !== desk.session.member.fingerprint)
      throw new DomainError('not-the-sender', { name: sender.name });
    await this.approvals.check(fixed, approvalsGiven(fixed.record));
    const recipients = manifest.recipients.map(({ fingerprint }) =>
      this.contacts.record(fingerprint),
    );
    const profile = await this.profileFor(recipients.map(({ fingerprint }) => fingerprint));
    const partial = desk.sealed(`${id}.partial`);
    return desk.withScratch(partial, async () => {
      const written = await this.write(partial, { ...fixed, recipients, profile }, options, work);
      return this.finish(fixed, profile, partial, written, options, work);
    });
  }

  /** What was fixed when somebody was asked to approve it, or is fixed now. */
  private fixed(record: PackageRecord): Frozen {
    if (record.manifest === undefined) return this.freezing.freeze(record);
    return { ...this.approvals.fixed(record.id, 'seal'), acts: [] };
  }

  private async write(
    partial: string,
    parts: Frozen & {
      readonly recipients: readonly ContactRecord[];
      readonly profile: MessageProfile;
    },
    options: SealOptions,
    work: Work,
  ): Promise<{ bytes: number; digest: string }> {
    const { desk } = this;
    const { engine, files } = desk.tools;
    const [signer] = desk.session.keys;
    if (!signer) throw new DomainError('vault-locked');
    const sources = new Map(
      this.drafts.files(parts.manifest.id).map((file) => [file.path, file.source]),
    );
    const bag = {
      manifest: parts.manifest,
      manifestBytes: parts.manifestBytes,
      approvals: approvalsGiven(parts.record).map(({ fingerprint, signature, certificate }) => ({
        fingerprint,
        signature,
        certificate: engine.armor(certificate),
      })),
      ledger: await this.ledgerPart(parts.recipients),
      files: parts.manifest.files.map((file) => ({
        ...file,
        open: () => files.stream(sources.get(file.path) ?? ''),
      })),
    };
    const total = bagSize(bag);
    const certificates = parts.recipients.map((contact) =>
      Buffer.from(contact.certificate, 'base64'),
    );
    const sealed = engine.seal(
      {
        content: writeBag(bag, { signal: work.signal }),
        recipients:
          options.toSelf === false
            ? certificates
            : [...certificates, desk.session.certificate.bytes],
        signer,
        profile: parts.profile,
        compress: options.compress ?? false,
        at: desk.now(),
      },
      {
        signal: work.signal,
        report: (progress) => work.report?.({ stage: 'sealing', done: progress.done, total }),
      },
    );
    const file = await files.hashedPartial(partial);
    try {
      for await (const chunk of sealed) await file.write(chunk);
      return await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** Our latest checkpoint, and a proof from each size that a recipient witnessed last. */
  private async ledgerPart(recipients: readonly ContactRecord[]) {
    const { journal, ledger } = this.desk.session;
    const checkpoint = await journal.checkpoint({ leaves: true });
    const sizes = new Set(
      recipients.flatMap((contact) => (contact.witnessedOurs ? [contact.witnessedOurs.size] : [])),
    );
    const consistency = [...sizes]
      .filter((from) => from > 0 && from <= checkpoint.size)
      .sort((a, b) => a - b)
      .map((from) => ({
        from,
        proof: consistencyProof(ledger, from, checkpoint.size).map((hash) =>
          Buffer.from(hash).toString('base64'),
        ),
      }));
    const { body, signature } = checkpoint;
    return { checkpoint: body, signature, consistency, ...continuingGenesis(ledger) };
  }

  private async finish(
    { record, manifest, acts }: Frozen,
    profile: MessageProfile,
    partial: string,
    written: { bytes: number; digest: string },
    options: SealOptions,
    work: Work,
  ): Promise<Sealed> {
    const { desk } = this;
    const { files } = desk.tools;
    const fileName = sealedFileName(written.digest);
    const kept = desk.sealed(fileName);
    const out = options.out === undefined ? undefined : files.join(options.out, fileName);
    const manifestDigest = record.manifestDigest ?? '';
    const sealed: PackageRecord = {
      ...record,
      state: 'sealed',
      changedAt: desk.at(),
      sealed: { digest: written.digest, bytes: written.bytes, fileName, profile, kept: true },
      recipients: manifest.recipients.map(({ fingerprint, name }) => ({
        fingerprint,
        name,
        state: 'sealed',
        at: desk.at(),
        by: 'us',
        heard: [],
        receipts: [],
      })),
    };
    const { draft: _draft, stand: _stand, answered: _answered, ...without } = sealed;
    const replaced = superseding(desk, manifest, 'out');
    const commit = async (copy?: string) => {
      await desk.commit({
        acts: [
          ...acts,
          sealedAct(sealed, manifest, options.toSelf ?? true, heldBytes(desk, manifest)),
          ...replaced.acts,
        ],
        effects: [
          { put: 'packages', id: record.id, doc: without },
          ...replaced.effects,
          { drop: 'draft_files', prefix: `${record.id}/` },
          {
            put: 'seen',
            id: written.digest,
            doc: {
              digest: written.digest,
              what: 'own',
              package: record.id,
              entry: 0,
              at: desk.at(),
            },
          },
        ],
        renames: [
          { from: partial, to: kept },
          ...(copy !== undefined && out !== undefined ? [{ from: copy, to: out }] : []),
        ],
      });
    };
    if (out === undefined) await commit();
    else await this.withCopy(partial, out, work, commit);
    return {
      id: record.id,
      path: out ?? kept,
      sha256: written.digest,
      manifestDigest,
      profile,
      bytes: written.bytes,
    };
  }

  /** Copies the sealed file beside its final name outside the vault; the commit renames it. */
  private async withCopy(
    from: string,
    to: string,
    work: Work,
    commit: (copy: string) => Promise<void>,
  ): Promise<void> {
    const { files } = this.desk.tools;
    const copy = `${to}.partial`;
    await files.makeFolder(files.join(to, '..'));
    if (await files.facts(to)) throw new DomainError('file-exists', { path: to });
    await this.desk.withScratch(copy, async () => {
      await files.copy(from, copy, { signal: work.signal });
      await commit(copy);
    });
  }
}

/** What the files were before they were made smaller here. */
function heldBytes(desk: Desk, { files }: Manifest): number {
  return files.reduce((sum, { sha256, size }) => {
    const derivation = desk.session.records.get('derivations', sha256);
    return sum + (derivation?.bytesIn ?? size);
  }, 0);
}

function sealedAct(record: PackageRecord, manifest: Manifest, toSelf: boolean, held: number): Act {
  return {
    type: 'sealed',
    subject: subjectOf(record),
    detail: {
      facts: releaseFacts(manifest, held),
      profile: record.sealed?.profile ?? 'rfc4880',
      sealedBytes: record.sealed?.bytes ?? 0,
      toSelf,
    },
  };
}
