import { lookUp } from '../packages/vocabularies.ts';
import type { Instant } from '../time.ts';
import type { CaseStory, Heard, ReceivedStory, ReportBook, SentStory } from './book.ts';
import { spread, spreads, tally, type Share, type Spread, type Tally } from './measures.ts';

/** Which packages and cases are counted: those that began in it. What came later is not known. */
export interface Period {
  readonly since?: Instant;
  readonly until: Instant;
}

/**
 * The indicators of a period, from the ledger alone; each is defined in docs/formats/indicators.md.
 * Durations are whole seconds, shares are two numbers: nothing is rounded here.
 */
export interface Indicators {
  readonly volume: {
    readonly released: number;
    readonly requested: number;
    readonly received: number;
    readonly cases: number;
  };
  readonly timeToRepatriation: Spread & {
    readonly byInstrument: readonly (Spread & { readonly code: string })[];
    readonly byCountry: readonly (Spread & { readonly code: string })[];
  };
  readonly decisionTime: Spread;
  readonly firstResponseTime: Spread;
  readonly recovery: Share;
  readonly offers: Share;
  readonly acceptance: Share;
  readonly refusals: { readonly ours: Tally; readonly theirs: Tally };
  readonly specialCategories: Share;
  /** Bytes released among bytes held. */
  readonly minimisation: Share;
  readonly overdueRetention: Share;
  readonly certificates: Share;
  readonly exceptions: Tally;
  readonly outstandingReceipts: Share;
  readonly within72Hours: Share;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** A receipt that has not come after so many days is outstanding. */
const OUTSTANDING_DAYS = 3;

/** @param book told by the entries up to `until` */
export function indicators(book: ReportBook, period: Period): Indicators {
  const isIn = (at: Instant) => at <= period.until && (period.since ?? '') <= at;
  const sent = [...book.sent.values()].filter(({ sealedAt }) => isIn(sealedAt));
  const releases = sent.filter(({ facts }) => facts.kind === 'release');
  const received = [...book.received.values()].filter(({ arrivedAt }) => isIn(arrivedAt));
  const cases = [...book.cases.values()].filter(({ openedAt }) => isIn(openedAt));
  const today = period.until.slice(0, 10);
  const pairs = releases.flatMap((story) =>
    [...story.heard.values()].map((heard) => ({ story, heard })),
  );
  return {
    volume: {
      released: releases.length,
      requested: sent.length - releases.length,
      received: received.length,
      cases: cases.length,
    },
    timeToRepatriation: repatriation(pairs, book),
    decisionTime: spread(
      received.flatMap(({ arrivedAt, decidedAt }) =>
        decidedAt === undefined ? [] : [seconds(arrivedAt, decidedAt)],
      ),
    ),
    firstResponseTime: spread(cases.flatMap(responseTime)),
    recovery: share(releases, ({ heard }) =>
      [...heard.values()].every(({ accepted }) => accepted !== undefined),
    ),
    ...remedies(cases),
    refusals: {
      ours: tally(received.flatMap(({ reason }) => reason ?? [])),
      theirs: tally(pairs.flatMap(({ heard }) => heard.reason ?? [])),
    },
    specialCategories: share(releases, ({ facts }) =>
      facts.categories.some((code) => lookUp('data-category', code)?.special === true),
    ),
    minimisation: {
      of: sum(releases.map(({ facts }) => facts.bytesReleased)),
      among: sum(releases.map(({ facts }) => facts.bytesHeld)),
    },
    overdueRetention: share(received, (story) => isOverdue(story, today)),
    certificates: share(
      pairs.filter(
        ({ story, heard }) => story.facts.deleteBy < today && deliveredAt(heard) !== undefined,
      ),
      ({ heard }) => (heard.destroyed ?? heard.returned) !== undefined,
    ),
    exceptions: tally(book.exceptions.filter(({ at }) => isIn(at)).map(({ type }) => type)),
    outstandingReceipts: share(
      pairs.filter(
        ({ story: { dispatchedAt } }) =>
          dispatchedAt !== undefined &&
          seconds(dispatchedAt, period.until) >= OUTSTANDING_DAYS * DAY,
      ),
      ({ heard }) => deliveredAt(heard) === undefined,
    ),
    within72Hours: share(
      cases.filter(
        (one) => one.answeredAt !== undefined || seconds(one.from, period.until) >= 72 * HOUR,
      ),
      (one) => responseTime(one).some((time) => time <= 72 * HOUR),
    ),
  };
}

/** From the request to each recipient's receipt, where the package belongs to a case. */
function repatriation(
  pairs: readonly { readonly story: SentStory; readonly heard: Heard }[],
  book: ReportBook,
): Indicators['timeToRepatriation'] {
  const known = pairs.flatMap(({ story, heard }) => {
    const from = book.cases.get(story.case ?? '')?.from;
    const at = deliveredAt(heard);
    return from === undefined || at === undefined ? [] : [{ story, seconds: seconds(from, at) }];
  });
  return {
    ...spread(known.map((one) => one.seconds)),
    byInstrument: spreads(
      known.map(({ story, seconds: time }) => ({ code: story.facts.instrument, seconds: time })),
    ),
    byCountry: spreads(
      known.flatMap(({ story, seconds: time }) =>
        story.facts.countries.map((code) => ({ code, seconds: time })),
      ),
    ),
  };
}

/** The most that were offered any one remedy, among all who are affected; and all that said yes. */
function remedies(cases: readonly CaseStory[]): Pick<Indicators, 'offers' | 'acceptance'> {
  const given = (one: CaseStory) =>
    [...one.remedies.values()].filter(({ kind }) => kind !== 'NONE-ELIG');
  const counted = cases.filter(({ affected }) => affected !== undefined);
  const reports = cases.flatMap(given);
  return {
    offers: {
      of: sum(counted.map((one) => Math.max(0, ...given(one).map(({ offered }) => offered)))),
      among: sum(counted.map(({ affected }) => affected ?? 0)),
    },
    acceptance: {
      of: sum(reports.map(({ accepted }) => accepted)),
      among: sum(reports.map(({ offered }) => offered)),
    },
  };
}

/** Whatever a recipient says of a package, they have it. */
function deliveredAt(heard: Heard): Instant | undefined {
  const { delivered, accepted, rejected, destroyed, returned, disputed } = heard;
  const all = [delivered, accepted, rejected, destroyed, returned, disputed];
  return all.filter((at) => at !== undefined).sort()[0];
}

function responseTime({ from, answeredAt }: CaseStory): number[] {
  return answeredAt === undefined ? [] : [seconds(from, answeredAt)];
}

function isOverdue({ facts, isGone, isHeld }: ReceivedStory, today: string): boolean {
  return facts.deleteBy < today && !isGone && !isHeld;
}

function share<T>(all: readonly T[], isSo: (one: T) => boolean): Share {
  return { of: all.filter(isSo).length, among: all.length };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Whole seconds between two moments; a receipt that is dated too early counts as none. */
function seconds(from: Instant, to: Instant): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
