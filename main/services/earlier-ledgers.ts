import { DomainError } from '../domain/errors/index.ts';
import type { EvidenceFolders, Exported } from '../domain/ledger/evidence-port.ts';
import type { LedgerAudit } from '../domain/ledger/ledger-store.ts';
import { keptSignatures } from '../domain/ledger/kept-signatures.ts';
import { verifyLedger, type LedgerVerdict } from '../domain/ledger/verify.ts';
import type { Work } from '../domain/ports.ts';
import { continuation, type Continues } from '../domain/vault/earlier.ts';
import { memberships } from '../domain/vault/membership.ts';
import type { Desk } from './desk.ts';
import { filtersOf, type ExportFilter } from './export-filter.ts';
import { History } from './history.ts';
import type { HistoryRow } from './history-row.ts';
import { queryOf, type LedgerFilter } from './ledger.ts';

/** The ledgers that the present one continues: kept whole, only read. */
export class EarlierLedgers {
  readonly #desk: Desk;
  readonly #evidence: EvidenceFolders;

  constructor(desk: Desk, evidence: EvidenceFolders) {
    this.#desk = desk;
    this.#evidence = evidence;
  }

  /** The latest first, each as the ledger that continues it says: how far it came, what was lost. */
  list(): Continues[] {
    const { session } = this.#desk;
    const items: Continues[] = [];
    let continues = continuation(session.ledger);
    for (const origin of session.earlier()) {
      if (continues !== undefined) items.push(continues);
      continues = this.#read(origin, continuation);
    }
    return items;
  }

  /** The newest entries that the filter finds, oldest first. @throws DomainError `ledger-unknown` */
  show(origin: string, filter: LedgerFilter): HistoryRow[] {
    return this.#read(origin, (ledger) =>
      new History(this.#desk, ledger).rows(queryOf(filter)).reverse(),
    );
  }

  /** Recomputes all of it, as far as nobody outside has to be asked. */
  async verify(origin: string, work: Work = {}): Promise<LedgerVerdict> {
    const { tools } = this.#desk;
    return this.#reading(origin, (ledger) =>
      verifyLedger(ledger, {
        checkSignature: keptSignatures(tools.engine, () => this.#desk.now()),
        random: tools.random,
        work,
      }),
    );
  }

  /**
   * Writes it as evidence, all of it or a part, signed with a key that it knows.
   * @throws DomainError `ledger-without-you`, and those of any export
   */
  async export(
    origin: string,
    folder: string,
    filter: ExportFilter = {},
    work: Work = {},
  ): Promise<Exported> {
    const desk = this.#desk;
    const exported = await this.#reading(origin, (store) => {
      const members = [...memberships(store).values()].filter(({ removed }) => !removed);
      const known = new Set(members.map(({ fingerprint }) => fingerprint));
      const signer = desk.session.keys.find(({ fingerprint }) => known.has(fingerprint));
      if (signer === undefined) throw new DomainError('ledger-without-you', { origin });
      const sign = (bytes: Uint8Array) => desk.tools.engine.sign(bytes, signer, desk.now());
      const by = signer.fingerprint;
      const filters = filtersOf(store, filter);
      return this.#evidence.write({ store, folder, filters, by, at: desk.at(), sign }, work);
    });
    if (desk.session.readOnly === undefined) {
      const { entries, digest: bundle } = exported;
      const redacted = filter.redacted === true;
      const detail = { scope: 'earlier-ledger', entries, bundle, redacted };
      await desk.commit({ acts: [{ type: 'exported', detail }] });
    }
    return exported;
  }

  #read<T>(origin: string, work: (ledger: LedgerAudit) => T): T {
    const { ledger, close } = this.#desk.session.openEarlier(origin);
    try {
      return work(ledger);
    } finally {
      close();
    }
  }

  async #reading<T>(origin: string, work: (ledger: LedgerAudit) => Promise<T>): Promise<T> {
    const { ledger, close } = this.#desk.session.openEarlier(origin);
    try {
      return await work(ledger);
    } finally {
      close();
    }
  }
}
