import { sha256Hex } from '../domain/digest.ts';
import type { Digest } from '../domain/identifiers.ts';
import type { EntryDetail } from '../domain/ledger/entry-types.ts';
import type { EvidenceFolders, Exported } from '../domain/ledger/evidence-port.ts';
import { proveContinuation, proveEntry } from '../domain/ledger/make-proof.ts';
import { encodeProof } from '../domain/ledger/proof.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import { filtersOf, type ExportFilter } from './export-filter.ts';

/** An entry by its number, or an earlier size; under the kept checkpoint of `to`, or the last one. */
export type ProofAsked =
  | { readonly entry: number; readonly to?: number | undefined }
  | { readonly from: number; readonly to?: number | undefined };

export interface Proved {
  readonly document: Uint8Array;
  /** Hex SHA-256 of the document. */
  readonly digest: Digest;
}

/** Evidence for people who trust neither this office nor this program. */
export class Evidence {
  private readonly desk: Desk;
  private readonly folders: EvidenceFolders;

  constructor(desk: Desk, folders: EvidenceFolders) {
    this.desk = desk;
    this.folders = folders;
  }

  /**
   * Writes the ledger as a bundle, all of it or a part. That somebody exported it is an entry,
   * unless nothing may be appended now.
   * @throws DomainError `file-exists`, `disk-full`, `cancelled`, `input-refused` for what is no
   * time or id, `case-unknown`, `package-unknown`
   */
  async export(folder: string, filter: ExportFilter = {}, work: Work = {}): Promise<Exported> {
    const { desk } = this;
    const { session, tools } = desk;
    const filters = filtersOf(session.ledger, filter);
    const [signer] = session.keys;
    await this.keepCheckpoint();
    const exported = await this.folders.write(
      {
        store: session.ledger,
        folder,
        filters,
        by: session.member.fingerprint,
        at: desk.at(),
        sign: (bytes) =>
          signer === undefined ? Promise.resolve('') : tools.engine.sign(bytes, signer, desk.now()),
      },
      work,
    );
    const { scope, entries, digest: bundle } = exported;
    await this.exported({ scope, entries, bundle, redacted: filters.redacted });
    return exported;
  }

  /**
   * One document that proves that an entry stands in the ledger, or that the ledger continues an
   * earlier one. It is written to `out`, a new file, when one is named. Like an export it is an
   * entry.
   * @throws DomainError `entry-unknown`, `checkpoint-not-kept`, `checkpoint-order`, `file-exists`
   */
  async prove(asked: ProofAsked, out?: string): Promise<Proved> {
    const { session, tools } = this.desk;
    await this.keepCheckpoint();
    const source = { store: session.ledger, engine: tools.engine, at: this.desk.now() };
    const proof = await ('entry' in asked
      ? proveEntry(source, asked.entry, asked.to)
      : proveContinuation(source, asked.from, asked.to));
    const document = encodeProof(proof);
    const digest = sha256Hex(document);
    if (out !== undefined) await tools.files.write(out, document);
    await this.exported({
      scope: 'entry' in asked ? 'entry' : 'continuation',
      entries: proof.entries.length,
      bundle: digest,
      redacted: false,
    });
    return { document, digest };
  }

  /** What leaves the vault under a checkpoint keeps that for ever. */
  private async keepCheckpoint(): Promise<void> {
    const { journal, readOnly } = this.desk.session;
    await journal.checkpoint({ leaves: readOnly === undefined });
  }

  /** That something left the vault is an entry, unless nothing may be appended now. */
  private async exported(detail: EntryDetail<'exported'>): Promise<void> {
    if (this.desk.session.readOnly === undefined)
      await this.desk.commit({ acts: [{ type: 'exported', detail }] });
  }
}
