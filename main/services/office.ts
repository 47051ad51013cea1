import type { EvidenceFolders } from '../domain/ledger/evidence-port.ts';
import type { TimeStampServer } from '../domain/timestamps/server-port.ts';
import { DomainError, isDomainError } from '../domain/errors/index.ts';
import type { Session } from '../domain/vault/session.ts';
import { AgencyPolicy } from './agency-policy.ts';
import { AirGap } from './air-gap.ts';
import { ApprovalFiles } from './approval-files.ts';
import { Approvals } from './approvals.ts';
import { Approvers } from './approvers.ts';
import { Arrivals } from './arrivals.ts';
import { Audit } from './audit.ts';
import { Bundles } from './bundles.ts';
import { Carrying } from './carrying.ts';
import { CaseExports } from './case-exports.ts';
import { CaseImports } from './case-imports.ts';
import { Cases } from './cases.ts';
import { Channels } from './channels.ts';
import { Contacts } from './contacts.ts';
import { Decisions } from './decisions.ts';
import { Desk, type Tools } from './desk.ts';
import { DraftCheck } from './draft-check.ts';
import { Drafts } from './drafts.ts';
import { Evidence } from './evidence.ts';
import { Exchange } from './exchange.ts';
import { Fetching } from './fetching.ts';
import { Extraction } from './extraction.ts';
import { Finding } from './finding.ts';
import { Freezing } from './freezing.ts';
import { Inbox } from './inbox.ts';
import { Keys } from './keys.ts';
import { Ledger } from './ledger.ts';
import { LedgerAlarms } from './ledger-alarms.ts';
import { Members } from './members.ts';
import { Minimising } from './minimising.ts';
import { Network } from './network.ts';
import { Notices } from './notices.ts';
import { Opening } from './opening.ts';
import { Overview } from './overview.ts';
import { PackageNotices } from './package-notices.ts';
import { PackagePages } from './package-pages.ts';
import { Packages } from './packages.ts';
import { Queue } from './queue.ts';
import { ReceiptsIn } from './receipts-in.ts';
import { Receipts } from './receipts.ts';
import { Renewals } from './renewals.ts';
import { Reports } from './reports.ts';
import { Sealing } from './sealing.ts';
import { TimeStamps } from './timestamps.ts';
import type { WentOn } from './going-on.ts';
import type { VaultService } from './vault.ts';
import { Witnessing } from './witnessing.ts';

/** All services over one open vault. They end with it. */
export class OpenOffice {
  readonly session: Session;
  readonly contacts: Contacts;
  readonly cases: Cases;
  readonly drafts: Drafts;
  readonly draftCheck: DraftCheck;
  readonly approvals: Approvals;
  readonly approvalFiles: ApprovalFiles;
  readonly sealing: Sealing;
  readonly packages: Packages;
  readonly pages: PackagePages;
  readonly inbox: Inbox;
  readonly extraction: Extraction;
  readonly decisions: Decisions;
  readonly channels: Channels;
  readonly policy: AgencyPolicy;
  readonly airGap: AirGap;
  readonly network: Network;
  readonly queue: Queue;
  readonly exchange: Exchange;
  readonly finding: Finding;
  readonly renewals: Renewals;
  readonly keys: Keys;
  readonly members: Members;
  readonly ledger: Ledger;
  readonly ledgerAlarms: LedgerAlarms;
  readonly packageNotices: PackageNotices;
  readonly timeStamps: TimeStamps;
  readonly audit: Audit;
  readonly reports: Reports;
  readonly minimising: Minimising;
  readonly caseExports: CaseExports;
  readonly caseImports: CaseImports;
  readonly evidence: Evidence;
  readonly overview: Overview;

  constructor(desk: Desk, evidence: EvidenceFolders, server: TimeStampServer) {
    this.session = desk.session;
    this.contacts = new Contacts(desk);
    this.cases = new Cases(desk);
    const approvers = new Approvers(desk, this.contacts);
    this.drafts = new Drafts(desk, this.cases);
    this.policy = new AgencyPolicy(desk, this.contacts);
    const { cases, contacts, drafts, policy } = this;
    this.draftCheck = new DraftCheck(desk, { cases, contacts, drafts, approvers, policy });
    const { draftCheck: check } = this;
    const freezing = new Freezing(desk, { cases, contacts, drafts, check, approvers });
    this.approvals = new Approvals(desk, { drafts, check, approvers, freezing });
    const { approvals } = this;
    this.sealing = new Sealing(desk, { contacts, drafts, check, freezing, approvals });
    this.packages = new Packages(desk);
    const opening = new Opening(desk, this.contacts);
    this.approvalFiles = new ApprovalFiles(desk, this.contacts, opening, this.approvals, approvers);
    const receipts = new Receipts(desk, this.contacts);
    const witnessing = new Witnessing(desk);
    this.ledgerAlarms = new LedgerAlarms(desk, this.contacts);
    this.packageNotices = new PackageNotices(desk, this.contacts);
    this.inbox = new Inbox(
      desk,
      opening,
      new Arrivals(desk, this.contacts, receipts, witnessing),
      new ReceiptsIn(desk, this.contacts, witnessing),
      new Notices(desk, this.contacts, this.packageNotices),
    );
    this.extraction = new Extraction(desk, opening);
    this.caseExports = new CaseExports(desk, this.cases, this.packages, this.extraction);
    this.decisions = new Decisions(desk, receipts, this.cases);
    this.airGap = new AirGap(desk);
    this.network = new Network(desk);
    this.queue = new Queue(desk);
    const carrying = new Carrying(desk, this.airGap, policy);
    this.channels = new Channels(desk, carrying, policy);
    this.exchange = new Exchange(
      desk,
      this.channels,
      carrying,
      this.queue,
      new Fetching(desk, carrying, this.inbox),
    );
    this.finding = new Finding(desk, this.contacts, this.airGap, this.network);
    const { finding, airGap } = this;
    this.renewals = new Renewals(desk, { contacts, finding, airGap });
    this.keys = new Keys(desk);
    this.members = new Members(desk);
    this.ledger = new Ledger(desk, evidence);
    this.timeStamps = new TimeStamps(desk, server, this.airGap, this.network);
    this.pages = new PackagePages(desk, this.packages, this.ledger);
    this.caseImports = new CaseImports(desk, this.drafts);
    this.minimising = new Minimising(desk, this.drafts);
    this.reports = new Reports(desk, this.ledger.history);
    this.audit = new Audit(desk, this.ledger.history);
    this.evidence = new Evidence(desk, evidence);
    this.overview = new Overview(desk, this.contacts, approvers, policy);
  }
}

/** One vault at a time: unlocked, worked in, locked. */
export class Office {
  readonly vault: VaultService;
  readonly tools: Tools;
  /** Bundles of evidence, which need no vault. */
  readonly evidence: EvidenceFolders;
  /** Those of them that somebody reads just now. */
  readonly bundles: Bundles;
  private readonly server: TimeStampServer;
  private current: OpenOffice | undefined;

  constructor(
    vault: VaultService,
    tools: Tools,
    evidence: EvidenceFolders,
    server: TimeStampServer,
  ) {
    this.server = server;
    this.vault = vault;
    this.tools = tools;
    this.evidence = evidence;
    this.bundles = new Bundles(evidence, tools);
  }

  /** The open vault's services. @throws DomainError `vault-locked` */
  get open(): OpenOffice {
    if (!this.current) throw new DomainError('vault-locked');
    return this.current;
  }

  get isOpen(): boolean {
    return this.current !== undefined;
  }

  /** Makes a vault and opens it. The recovery code is shown this once. */
  async create(
    request: Parameters<VaultService['create']>[0],
  ): Promise<{ open: OpenOffice; fingerprint: string; recoveryCode: string }> {
    const { session, fingerprint, recoveryCode } = await this.vault.create(request);
    return { open: await this.begin(session), fingerprint, recoveryCode };
  }

  async unlock(request: Parameters<VaultService['unlock']>[0]): Promise<OpenOffice> {
    return this.begin(await this.vault.unlock(request));
  }

  /** Opens with the recovery code, which is replaced together with the passphrase. */
  async recover(
    request: Parameters<VaultService['useRecovery']>[0],
  ): Promise<{ open: OpenOffice; recoveryCode: string }> {
    const { session, recoveryCode } = await this.vault.useRecovery(request);
    return { open: await this.begin(session), recoveryCode };
  }

  /** Goes on from a vault that is read-only. See VaultService for the errors. */
  async acknowledge(reason: string): Promise<{ open: OpenOffice; wentOn: WentOn }> {
    const { session } = this.open;
    const wentOn = await this.vault.acknowledge(session, reason);
    return { open: await this.begin(session), wentOn };
  }

  /** Closes the vault: nothing of it is left in memory that this program still reaches. */
  async lock(reason: Parameters<VaultService['lock']>[1]): Promise<void> {
    const { current } = this;
    if (!current) return;
    this.current = undefined;
    await this.vault.lock(current.session, reason);
  }

  /**
   * Removes what a crash left half-done. On a disk that is gone, or cannot be written, it stays
   * remembered for the next time: the vault opens all the same.
   */
  private async removeLeftover(session: Session, path: string): Promise<void> {
    try {
      await this.tools.files.remove(path);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return;
    }
    session.scratch.end(path);
  }

  private async begin(session: Session): Promise<OpenOffice> {
    const desk = new Desk(session, this.tools);
    for (const path of session.scratch.left()) await this.removeLeftover(session, path);
    this.current = new OpenOffice(desk, this.evidence, this.server);
    return this.current;
  }
}
