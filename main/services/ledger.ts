import { isDomainError } from '../domain/errors/index.ts';
import { compareAnchor, type Comparison } from '../domain/ledger/anchor.ts';
import { parseCheckpoint } from '../domain/ledger/checkpoint.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';
import { keptSignatures } from '../domain/ledger/kept-signatures.ts';
import type { LedgerQuery } from '../domain/ledger/ledger-store.ts';
import type { Problem } from '../domain/ledger/problems.ts';
import { verifyLedger, type LedgerVerdict } from '../domain/ledger/verify.ts';
import type { EvidenceFolders, ReconciledBundles } from '../domain/ledger/evidence-port.ts';
import type { Work } from '../domain/ports.ts';
import { firstMoment, lastMoment } from '../domain/time.ts';
import { describeTrouble, type Trouble } from '../domain/vault/trouble.ts';
import type { Desk } from './desk.ts';
import { EarlierLedgers } from './earlier-ledgers.ts';
import { History } from './history.ts';
import { HistoryList } from './history-list.ts';
import type { HistoryRow } from './history-row.ts';
import { Timeline } from './timeline.ts';
import { Views } from './views.ts';

export interface LedgerFilter {
  readonly package?: string | undefined;
  readonly type?: EntryType | undefined;
  /** A day or a moment. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
}

export interface LedgerPosition {
  readonly size: number;
  readonly origin: string;
  readonly root: string;
  readonly head: string;
}

/** How far, and since when, the ledger is known to be good. */
export interface LedgerStanding extends LedgerPosition {
  readonly state: 'verified' | 'not-verified' | 'broken';
  readonly verified?: { readonly entries: number; readonly at: string };
  readonly problem?: Problem;
  /** Why this computer cannot remember where the ledger stands, when it cannot. */
  readonly anchorProblem?: string;
}

/** A place outside the ledger that remembers it, and how the ledger stands to it. */
export interface AnchorItem {
  readonly where: string;
  /** Of a counterparty. */
  readonly name?: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly verdict: Comparison;
}

/** Why nothing may be appended, as people are told. */
export interface ToldTrouble extends Trouble {
  readonly message: string;
}

export interface Verified extends LedgerVerdict {
  readonly trouble?: ToldTrouble;
}

/** The record of every act: shown, verified, compared, exported. */
export class Ledger {
  readonly history: History;
  readonly lists: HistoryList;
  readonly timeline: Timeline;
  readonly views: Views;
  readonly earlier: EarlierLedgers;
  private readonly desk: Desk;
  private readonly evidence: EvidenceFolders;
  private verified: { readonly entries: number; readonly at: string } | undefined;
  private problem: Problem | undefined;

  constructor(desk: Desk, evidence: EvidenceFolders) {
    this.desk = desk;
    this.evidence = evidence;
    this.history = new History(desk);
    this.lists = new HistoryList(desk, this.history);
    this.timeline = new Timeline(desk, this.history);
    this.views = new Views(desk);
    this.earlier = new EarlierLedgers(desk, evidence);
    this.verified = this.lastVerification();
  }

  /** Where the ledger stands. */
  position(): LedgerPosition {
    const last = this.desk.session.ledger.lastCheckpoint();
    if (!last) return { size: 0, origin: '', root: '', head: '' };
    const { size, origin, root, head } = parseCheckpoint(last.body);
    return { size, origin, root, head };
  }

  /** Where it stands, and what the last verification said. */
  standing(): LedgerStanding {
    const { problem, verified, desk } = this;
    const { readOnly } = desk.session;
    const position = this.position();
    const { anchorProblem } = desk.session;
    const base = {
      ...position,
      ...(verified === undefined ? {} : { verified }),
      ...(anchorProblem === undefined ? {} : { anchorProblem }),
    };
    if (readOnly) return { ...base, state: 'broken', problem: problemOf(readOnly) };
    if (problem) return { ...base, state: 'broken', problem };
    return { ...base, state: verified === undefined ? 'not-verified' : 'verified' };
  }

  /** The newest entries that the filter finds, oldest first. */
  show(filter: LedgerFilter): HistoryRow[] {
    return this.history.rows(queryOf(filter)).reverse();
  }

  /**
   * Recomputes everything from the stored entries and compares it with what is remembered outside.
   * A good verification is an entry itself; a bad one is not, because nothing is appended to a
   * ledger that is not in order.
   */
  async verify(work: Work = {}): Promise<Verified> {
    const { desk } = this;
    const { session, tools } = desk;
    const verdict = await verifyLedger(session.ledger, {
      checkSignature: keptSignatures(tools.engine, () => desk.now()),
      random: tools.random,
      known: session.remembered,
      // An auditor has no key to vault.db, so nothing to compare with it.
      ...(session.member.role === 'auditor' ? {} : { applied: { seq: session.applied() } }),
      work,
    });
    const { readOnly: trouble } = session;
    this.problem = verdict.problems[0];
    if (trouble) {
      const problems = verdict.verified ? [problemOf(trouble)] : verdict.problems;
      return { ...verdict, verified: false, problems, trouble: told(trouble) };
    }
    if (!verdict.verified) return verdict;
    this.verified = { entries: verdict.entries, at: desk.at() };
    await desk.commit({
      acts: [{ type: 'ledger-verified', detail: { entries: verdict.entries, root: verdict.root } }],
    });
    return verdict;
  }

  /** Every place outside that remembers this ledger, compared with it. */
  anchors(): AnchorItem[] {
    const { ledger, remembered, records, member } = this.desk.session;
    const nameOf = (by: string) =>
      member.role === 'auditor' ? undefined : records.get('contacts', by)?.name;
    return remembered.map((position) => ({
      where: position.by === 'self' ? 'this-computer' : position.by,
      ...optional('name', nameOf(position.by)),
      size: position.size,
      root: position.root,
      at: position.at,
      verdict: compareAnchor(ledger, position),
    }));
  }

  /** Compares two bundles of evidence, package by package and recipient by recipient. */
  reconcile(a: string, b: string): Promise<ReconciledBundles> {
    return this.evidence.reconcile(a, b);
  }

  /** What the newest `ledger-verified` entry says: it outlives a lock. */
  private lastVerification(): { entries: number; at: string } | undefined {
    try {
      const [last] = this.history.rows({ types: ['ledger-verified'], limit: 1 });
      const entries = last?.detail['entries'];
      return last === undefined || typeof entries !== 'number'
        ? undefined
        : { entries, at: last.at };
    } catch (error) {
      // A damaged entry is found by a verification, not by looking for the last one.
      if (isDomainError(error)) return undefined;
      throw error;
    }
  }
}

/** The newest entries that a filter finds. */
export function queryOf(filter: LedgerFilter): LedgerQuery {
  return {
    ...(filter.package === undefined ? {} : { package: filter.package }),
    ...(filter.type === undefined ? {} : { types: [filter.type] }),
    ...(filter.since === undefined ? {} : { since: firstMoment(filter.since) }),
    ...(filter.until === undefined ? {} : { until: lastMoment(filter.until) }),
    ...(filter.text === undefined ? {} : { text: filter.text }),
    ...(filter.limit === undefined ? {} : { limit: filter.limit }),
    order: 'descending',
  };
}

/** A trouble with the sentence that says what happened and what is missing. */
export function told(trouble: Trouble): ToldTrouble {
  return { ...trouble, message: describeTrouble(trouble) };
}

/** Where a verification would name a trouble. */
function problemOf({ code, size, missing }: Trouble): Problem {
  const codes = {
    rollback: 'rollback',
    truncated: 'rollback',
    fork: 'fork',
    replaced: 'fork',
    'header-older': 'header-older',
    'vault-db-older': 'vault-behind',
  } as const;
  return { seq: missing?.from ?? size, code: codes[code] };
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}
