import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Digest } from '../domain/identifiers.ts';
import type { Manifest } from '../domain/packages/manifest.ts';
import { packagePage, type PackagePage } from '../domain/pages/package-page.ts';
import type { Desk } from './desk.ts';
import type { HistoryRow } from './history-row.ts';
import type { Ledger } from './ledger.ts';
import type { Packages, PackageView } from './packages.ts';

/** More acts than this on one package are no page any more; the newest are left out. */
const MOST_ENTRIES = 1000;

/** Packages as pages that people read and print. */
export class PackagePages {
  private readonly desk: Desk;
  private readonly packages: Packages;
  private readonly ledger: Ledger;

  constructor(desk: Desk, packages: Packages, ledger: Ledger) {
    this.desk = desk;
    this.packages = packages;
    this.ledger = ledger;
  }

  /**
   * The page of a package whose manifest stands, as an HTML document.
   * @throws DomainError `package-unknown`, `package-state` for a draft
   */
  page(id: string): string {
    const { desk } = this;
    const view = this.packages.show(id);
    const { manifest, manifestDigest, sealed } = view;
    if (manifest === undefined || manifestDigest === undefined)
      throw new DomainError('package-state', { id, state: view.state, event: 'page' });
    const { member } = desk.session;
    const entries = this.ledger.history.rows({
      package: id,
      order: 'ascending',
      limit: MOST_ENTRIES,
    });
    return packagePage({
      manifest,
      manifestDigest,
      direction: view.direction,
      state: view.state,
      ...(sealed === undefined ? {} : { sealed }),
      recipients: view.recipients,
      receipts: view.receipts,
      entries,
      approvals: approvalsOf(manifest, entries, view.arrival),
      made: {
        by: `${member.name}, ${member.organisation}`,
        ledger: this.ledger.position().origin,
        at: desk.at(),
      },
    });
  }

  /**
   * Writes the page into a new file.
   * @returns hex SHA-256 of what was written
   * @throws DomainError `file-exists`, `disk-full`, and what `page` throws
   */
  async write(id: string, path: string): Promise<Digest> {
    const bytes = new TextEncoder().encode(this.page(id));
    await this.keep(bytes, path);
    return sha256Hex(bytes);
  }

  /** Writes a page that was laid out on paper into a new file. @throws DomainError `file-exists`, `disk-full` */
  keep(bytes: Uint8Array, path: string): Promise<void> {
    return this.desk.tools.files.write(path, bytes);
  }
}

/** Ours: as the ledger has it. Theirs: as the signatures in the bag were checked when it came. */
function approvalsOf(
  manifest: Manifest,
  entries: readonly HistoryRow[],
  arrival: PackageView['arrival'],
): PackagePage['approvals'] {
  return manifest.approval.approvers.map(({ fingerprint, name }) => {
    if (arrival?.approvals?.some((given) => given.fingerprint === fingerprint) === true)
      return { fingerprint, name, decision: 'approved' };
    const said = entries
      .filter(({ type }) => type === 'approved' || type === 'refused')
      .filter(({ detail }) => detail['approver'] === fingerprint)
      .at(-1);
    return said === undefined
      ? { fingerprint, name, decision: 'not recorded here' }
      : {
          fingerprint,
          name,
          at: said.at,
          decision: said.type === 'approved' ? 'approved' : 'refused',
        };
  });
}
