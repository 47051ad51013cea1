/**
 * The day of a package, in one table. From `dispatched` on each recipient has a state of its own
 * and the package shows the least advanced; every arrow is one ledger entry.
 */
export const PACKAGE_STATES = [
  'draft',
  'assessed',
  'approved',
  'sealed',
  'dispatched',
  'delivered',
  'rejected',
  'accepted',
  'returned',
  'destroyed',
  'recalled',
  'superseded',
  'expired',
  'disputed',
] as const;
export type PackageState = (typeof PACKAGE_STATES)[number];

/**
 * Where a package stands, as the table needs it. `frozen`: its manifest is fixed, and people are
 * asked to agree; `refused`: one of them did not. Both are shown as `assessed`.
 */
export type Standing = PackageState | 'frozen' | 'refused';

/** What a package shows of where it stands. */
export function shownState(standing: Standing): PackageState {
  return standing === 'frozen' || standing === 'refused' ? 'assessed' : standing;
}

/** What a recipient's receipt (or our own record of it) can say. */
export const OUTCOMES = [
  'delivered',
  'accepted',
  'rejected',
  'destroyed',
  'returned',
  'disputed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type RecipientState = 'sealed' | 'dispatched' | Outcome;

export type PackageEvent =
  | 'edit'
  | 'assess'
  | 'freeze'
  | 'approve'
  | 'refuse'
  | 'seal'
  | 'dispatch'
  | 'recall'
  | 'supersede'
  | 'expire'
  | 'discard'
  | 'extract'
  | 'accept'
  | 'reject'
  | 'destroy'
  | 'return'
  | 'dispute'
  | 'hold'
  | 'delay'
  | 'hear';

type Row = Partial<Record<PackageEvent, Standing>>;

/**
 * `discard` and `extract` change no state: they name the state they leave. From the freeze on
 * `edit` leads to another draft, with an id of its own; `approve` leads on when enough people
 * agreed.
 */
const OURS: Partial<Record<Standing, Row>> = {
  draft: { edit: 'draft', assess: 'assessed', discard: 'draft' },
  assessed: {
    edit: 'draft',
    assess: 'assessed',
    freeze: 'frozen',
    seal: 'sealed',
    discard: 'assessed',
  },
  frozen: { edit: 'draft', approve: 'approved', refuse: 'refused', discard: 'frozen' },
  approved: {
    edit: 'draft',
    approve: 'approved',
    refuse: 'refused',
    seal: 'sealed',
    discard: 'approved',
  },
  refused: { edit: 'draft', discard: 'refused' },
  sealed: after('sealed'),
  dispatched: after('dispatched'),
  delivered: after('delivered'),
  accepted: after('accepted'),
  rejected: after('rejected'),
  returned: after('returned'),
  destroyed: after('destroyed'),
  disputed: after('disputed'),
  recalled: { hear: 'recalled', extract: 'recalled' },
  superseded: { hear: 'superseded', extract: 'superseded' },
  expired: { hear: 'expired', extract: 'expired' },
};

function after(state: PackageState): Row {
  return {
    dispatch: state === 'sealed' ? 'dispatched' : state,
    hear: state,
    extract: state,
    recall: 'recalled',
    supersede: 'superseded',
    expire: 'expired',
  };
}

/** What the sender says later. */
const ENDED_BY_SENDER: Row = { recall: 'recalled', supersede: 'superseded' };

const THEIRS: Partial<Record<Standing, Row>> = {
  delivered: {
    extract: 'delivered',
    accept: 'accepted',
    reject: 'rejected',
    dispute: 'disputed',
    hold: 'delivered',
    delay: 'delivered',
    destroy: 'destroyed',
    return: 'returned',
    ...ENDED_BY_SENDER,
  },
  accepted: {
    extract: 'accepted',
    dispute: 'disputed',
    hold: 'accepted',
    delay: 'accepted',
    destroy: 'destroyed',
    return: 'returned',
    ...ENDED_BY_SENDER,
  },
  rejected: {
    dispute: 'disputed',
    destroy: 'destroyed',
    return: 'returned',
    ...ENDED_BY_SENDER,
  },
  returned: { destroy: 'destroyed' },
  disputed: {
    extract: 'disputed',
    hold: 'disputed',
    destroy: 'destroyed',
    return: 'returned',
    ...ENDED_BY_SENDER,
  },
  recalled: { hold: 'recalled', destroy: 'destroyed', return: 'returned' },
  expired: { hold: 'expired', destroy: 'destroyed', return: 'returned' },
  superseded: {
    hold: 'superseded',
    destroy: 'destroyed',
    return: 'returned',
    recall: 'recalled',
  },
};

/** Where it stands after `event`, or undefined when it does not allow that. */
export function nextState(
  direction: 'out' | 'in',
  standing: Standing,
  event: PackageEvent,
): Standing | undefined {
  return (direction === 'out' ? OURS : THEIRS)[standing]?.[event];
}

/** Every event that is allowed where a package stands. */
export function allowedEvents(direction: 'out' | 'in', standing: Standing): PackageEvent[] {
  const row = (direction === 'out' ? OURS : THEIRS)[standing] ?? {};
  return Object.keys(row) as PackageEvent[];
}

/** Least advanced first. */
const RANK: readonly RecipientState[] = [
  'sealed',
  'dispatched',
  'delivered',
  'rejected',
  'accepted',
  'returned',
  'destroyed',
  'disputed',
];

const isDecision = (outcome: Outcome) => outcome === 'accepted' || outcome === 'rejected';

/**
 * A recipient's state after hearing `outcome`, given all that was heard before. The order comes
 * from the table, not from arrival: a late `delivered` changes nothing. Acceptance and rejection
 * contradict each other: the first stays, the second is a conflict.
 */
export function hearOutcome(
  state: RecipientState,
  heard: readonly Outcome[],
  outcome: Outcome,
): { readonly state: RecipientState; readonly conflict: boolean } {
  const contrary: Outcome = outcome === 'accepted' ? 'rejected' : 'accepted';
  if (isDecision(outcome) && heard.includes(contrary)) return { state: 'disputed', conflict: true };
  const further = RANK.indexOf(outcome) > RANK.indexOf(state);
  return { state: further && state !== 'disputed' ? outcome : state, conflict: false };
}

/** What a sent package shows: its least advanced recipient. */
export function leastAdvanced(states: readonly RecipientState[]): RecipientState {
  return states.reduce((least, state) =>
    RANK.indexOf(state) < RANK.indexOf(least) ? state : least,
  );
}
