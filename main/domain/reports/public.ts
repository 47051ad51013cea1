import type { Indicators } from './indicators.ts';
import type { Share, Spread, Tally } from './measures.ts';

/** Fewer than so many could be somebody. */
const SMALLEST = 5;

/** What stands in place of a number that is hidden. */
export const HIDDEN = '<5';
export type Hideable = number | typeof HIDDEN;

/** The same shape, in which any number may be hidden. */
export type Published<T> = T extends number
  ? Hideable
  : T extends readonly (infer Item)[]
    ? readonly Published<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Published<T[Key]> }
      : T;

/**
 * The indicators with every count under five hidden, and what one of them could be computed from:
 * the rest of a share, the spread of so few, the one hidden member of a group whose sum is known.
 */
export function published(given: Indicators): Published<Indicators> {
  const { timeToRepatriation: time, refusals, volume } = given;
  const few = isSmall(volume.released);
  return {
    volume: {
      released: hide(volume.released),
      requested: hide(volume.requested),
      received: hide(volume.received),
      cases: hide(volume.cases),
    },
    timeToRepatriation: {
      ...publishedSpread(time),
      byInstrument: publishedSpreads(time.byInstrument),
      byCountry: publishedSpreads(time.byCountry),
    },
    decisionTime: publishedSpread(given.decisionTime),
    firstResponseTime: publishedSpread(given.firstResponseTime),
    recovery: publishedShare(given.recovery),
    offers: publishedShare(given.offers),
    acceptance: publishedShare(given.acceptance),
    refusals: { ours: publishedTally(refusals.ours), theirs: publishedTally(refusals.theirs) },
    specialCategories: publishedShare(given.specialCategories),
    minimisation: few ? { of: HIDDEN, among: HIDDEN } : given.minimisation,
    overdueRetention: publishedShare(given.overdueRetention),
    certificates: publishedShare(given.certificates),
    exceptions: publishedTally(given.exceptions),
    outstandingReceipts: publishedShare(given.outstandingReceipts),
    within72Hours: publishedShare(given.within72Hours),
  };
}

const isSmall = (count: number) => count > 0 && count < SMALLEST;

const hide = (count: number): Hideable => (isSmall(count) ? HIDDEN : count);

function publishedSpread(given: Spread): Published<Spread> {
  return isSmall(given.count) ? { count: HIDDEN } : given;
}

function publishedShare({ of, among }: Share): Published<Share> {
  if (isSmall(among)) return { of: HIDDEN, among: HIDDEN };
  return { of: isSmall(of) || isSmall(among - of) ? HIDDEN : of, among };
}

function publishedTally(given: Tally): Published<Tally> {
  const hidden = hiddenOf(given);
  return given.map(({ code, count }) => ({ code, count: hidden.has(code) ? HIDDEN : count }));
}

type Coded = Spread & { readonly code: string };

function publishedSpreads(given: readonly Coded[]): readonly Published<Coded>[] {
  const hidden = hiddenOf(given);
  return given.map((one): Published<Coded> =>
    hidden.has(one.code) ? { code: one.code, count: HIDDEN } : one,
  );
}

/** One hidden member is what its group's sum lacks: then the smallest of the others is hidden too. */
function hiddenOf(
  group: readonly { readonly code: string; readonly count: number }[],
): ReadonlySet<string> {
  const small = group.filter(({ count }) => isSmall(count));
  const others = group.filter(({ count }) => !isSmall(count));
  const [least] = [...others].sort((a, b) => a.count - b.count);
  const also = small.length === 1 && least !== undefined ? [least] : [];
  return new Set([...small, ...also].map(({ code }) => code));
}
