import { caseBundle } from '../domain/exports/case-bundle.ts';
import type { ExportedCase, ExportedPackage } from '../domain/exports/exported-case.ts';
import { CRATE_FILE, roCrate } from '../domain/exports/ro-crate.ts';
import { DomainError } from '../domain/errors/index.ts';
import { decodeManifest } from '../domain/packages/manifest.ts';
import { standingOf, type PackageRecord } from '../domain/packages/package.ts';
import { allowedEvents } from '../domain/packages/states.ts';
import type { Work } from '../domain/ports.ts';
import type { Cases } from './cases.ts';
import type { Desk } from './desk.ts';
import type { Extraction } from './extraction.ts';
import type { Packages } from './packages.ts';

export const CASE_FORMATS = ['case', 'ro-crate'] as const;
export type CaseFormat = (typeof CASE_FORMATS)[number];

export interface CaseExported {
  /** The file that describes it. */
  readonly path: string;
  readonly packages: number;
  /** Packages whose files lie beside it, decrypted. */
  readonly bags: number;
}

/** The name of the description in the words of CASE/UCO. */
const CASE_FILE = 'case.jsonld';

/** A case and its packages, for other programs. */
export class CaseExports {
  readonly #desk: Desk;
  readonly #cases: Cases;
  readonly #packages: Packages;
  readonly #extraction: Extraction;

  constructor(desk: Desk, cases: Cases, packages: Packages, extraction: Extraction) {
    this.#desk = desk;
    this.#cases = cases;
    this.#packages = packages;
    this.#extraction = extraction;
  }

  /**
   * A name for the new folder that the export of a case goes into.
   * @throws DomainError `case-unknown`, `not-allowed`
   */
  folderName(reference: string): string {
    this.#desk.assertOfficer();
    return `valise-case-${this.#cases.find(reference).id.slice(-8)}`;
  }

  /**
   * Writes a description into a folder: CASE/UCO as JSON-LD, without content, or an RO-Crate beside
   * the bags of the packages that are still here, which are verified and decrypted there.
   * @throws DomainError `case-unknown`, `file-exists`, `not-allowed`, of extraction
   */
  async write(
    reference: string,
    format: CaseFormat,
    folder: string,
    work: Work = {},
  ): Promise<CaseExported> {
    const desk = this.#desk;
    desk.assertOfficer();
    const { files } = desk.tools;
    const record = this.#cases.find(reference);
    const sealed = desk.session.records
      .list('packages', { where: { case: record.id } })
      .filter(({ manifest, sealed: envelope }) => manifest !== undefined && envelope !== undefined);
    const exported: ExportedCase = { record, packages: sealed.map((one) => this.#describe(one)) };
    const path = files.join(folder, format === 'case' ? CASE_FILE : CRATE_FILE);
    if (await files.facts(path)) throw new DomainError('file-exists', { path });
    await files.makeFolder(folder);
    const held = new Set<string>();
    if (format === 'ro-crate')
      for (const one of sealed) {
        const canRead = allowedEvents(one.direction, standingOf(one)).includes('extract');
        if (!canRead || one.sealed?.kept !== true) continue;
        await this.#extraction.extract(one.id, folder, work);
        held.add(one.id);
      }
    const made = format === 'case' ? caseBundle(exported) : roCrate(exported, held, desk.at());
    const text = `${JSON.stringify(made, undefined, 2)}\n`;
    await files.write(path, new TextEncoder().encode(text));
    return { path, packages: sealed.length, bags: held.size };
  }

  #describe(record: PackageRecord): ExportedPackage {
    const { manifest } = decodeManifest(Buffer.from(record.manifest ?? '', 'base64'));
    const [sent] = this.#desk.session.ledger.query({
      package: record.id,
      types: ['dispatched'],
      order: 'ascending',
      limit: 1,
    });
    return {
      direction: record.direction,
      state: record.state,
      manifest,
      manifestDigest: record.manifestDigest ?? '',
      sealedDigest: record.sealed?.digest ?? '',
      ...(sent === undefined ? {} : { sentAt: sent.at }),
      ...(record.arrival === undefined ? {} : { arrivedAt: record.arrival.at }),
      receipts: this.#packages
        .show(record.id)
        .receipts.map(({ kind, at, by, byName }) => ({ kind, at, by, byName })),
    };
  }
}
