import type { EvidenceFolders, Exported } from '../domain/ledger/evidence-port.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import { filtersOf, type ExportFilter } from './export-filter.ts';

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
    await session.journal.checkpoint({ leaves: session.readOnly === undefined });
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
    if (session.readOnly === undefined)
      await desk.commit({
        acts: [
          {
            type: 'exported',
            detail: {
              scope: exported.scope,
              entries: exported.entries,
              bundle: exported.digest,
              redacted: filters.redacted,
            },
          },
        ],
      });
    return exported;
  }
}
