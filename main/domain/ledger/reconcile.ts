import { encodeCanonical } from '../json/canonical.ts';
import type { Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import { reasonText, type Reason, type ReasonParams } from './reconcile-reasons.ts';
import type { LedgerSide, PackageSide, ReceiptSeen, Sealed } from './reconcile-side.ts';

/** How the ledgers of two offices differ on one package and one recipient. */
export type FindingCode =
  'only-in-a' | 'only-in-b' | 'other-digest' | 'other-facts' | 'other-outcome' | 'impossible-times';

export interface Difference<Code extends string> {
  readonly code: Code;
  readonly package: Uuid;
  readonly recipient: Fingerprint;
  /** What differs, in one sentence; and the same for another language. */
  readonly text: string;
  readonly reason: Reason;
  readonly params: ReasonParams;
}

export type Finding = Difference<FindingCode>;

export interface Reconciled {
  /** Packages between the two, one count a recipient, on which both say the same. */
  readonly equal: number;
  /** What cannot both be true, by package. */
  readonly findings: readonly Finding[];
  /** What one side does not know yet or does not show: not sent, after its end, not in its part. */
  readonly pending: readonly Difference<'pending'>[];
}

/** Clocks of two offices may differ by so much before an order of times cannot be. */
const TOLERANCE_MS = 5 * 60 * 1000;

export type AnyDifference = Difference<FindingCode | 'pending'>;

/** What a pair of ledgers comes to on one package and one recipient. */
export type PairState = 'equal' | 'pending' | 'only-in-a' | 'only-in-b' | 'differs';

/** One package between the two, for one recipient, as each side has it. */
export interface Pair {
  readonly package: Uuid;
  readonly recipient: Fingerprint;
  readonly sender: 'a' | 'b';
  readonly state: PairState;
  readonly a: PackageSide | undefined;
  readonly b: PackageSide | undefined;
  readonly differences: readonly AnyDifference[];
}

/** Every package between two offices, in both directions, by package. */
export function compareSides(a: LedgerSide, b: LedgerSide): Pair[] {
  const directions = [
    new Direction(a, b, 'only-in-a', 'only-in-b'),
    new Direction(b, a, 'only-in-b', 'only-in-a'),
  ];
  return directions
    .flatMap((direction, index) =>
      direction.compare().map((compared): Pair => {
        const both = { a: a.packages.get(compared.package), b: b.packages.get(compared.package) };
        const sender = index === 0 ? 'a' : 'b';
        return { ...compared, ...both, sender, state: stateOf(compared.differences) };
      }),
    )
    .sort(byPackage);
}

/** Compares what two offices say of the packages between them, in both directions. */
export function reconcile(a: LedgerSide, b: LedgerSide): Reconciled {
  const pairs = compareSides(a, b);
  const all = pairs.flatMap(({ differences }) => differences);
  return {
    equal: pairs.filter(({ differences }) => differences.every(isPending)).length,
    findings: all.filter((difference): difference is Finding => !isPending(difference)),
    pending: all.filter(isPending),
  };
}

function stateOf(differences: readonly AnyDifference[]): PairState {
  if (differences.length === 0) return 'equal';
  const codes = new Set(differences.map(({ code }) => code));
  if (codes.has('only-in-a')) return 'only-in-a';
  if (codes.has('only-in-b')) return 'only-in-b';
  return differences.every(isPending) ? 'pending' : 'differs';
}

type Told = readonly [code: FindingCode | 'pending', reason: Reason, params?: ReasonParams];

interface Compared {
  readonly package: Uuid;
  readonly recipient: Fingerprint;
  readonly differences: readonly AnyDifference[];
}

/** Packages that went from one office to the other. */
class Direction {
  readonly #from: LedgerSide;
  readonly #to: LedgerSide;
  readonly #onlySender: FindingCode;
  readonly #onlyReceiver: FindingCode;

  constructor(
    from: LedgerSide,
    to: LedgerSide,
    onlySender: FindingCode,
    onlyReceiver: FindingCode,
  ) {
    this.#from = from;
    this.#to = to;
    this.#onlySender = onlySender;
    this.#onlyReceiver = onlyReceiver;
  }

  compare(): Compared[] {
    const ids = new Set([...this.#from.packages.keys(), ...this.#to.packages.keys()]);
    return [...ids].flatMap((id) => {
      const sent = this.#from.packages.get(id);
      const got = this.#to.packages.get(id);
      const addressed =
        sent?.sealed && [...sent.recipients].find((fingerprint) => this.#to.keys.has(fingerprint));
      const arrived = got?.arrived;
      const expected = arrived !== undefined && this.#from.keys.has(arrived.sender);
      if (addressed === undefined && !expected) return [];
      const recipient = addressed ?? [...this.#to.keys][0] ?? '';
      const differences = this.#package(sent, got, addressed).map(
        ([code, reason, params = {}]): AnyDifference => {
          const text = reasonText(reason, params);
          return { code, package: id, recipient, text, reason, params };
        },
      );
      return [{ package: id, recipient, differences }];
    });
  }

  #package(
    sent: PackageSide | undefined,
    got: PackageSide | undefined,
    recipient: Fingerprint | undefined,
  ): Told[] {
    const sealed = sent?.sealed;
    const arrived = got?.arrived;
    if (!sent || !sealed || recipient === undefined) {
      const isAfter = arrived !== undefined && arrived.at > this.#from.until;
      if (isAfter) return [['pending', 'arrived-after-sender-end']];
      if (!this.#from.isWhole && !sealed) return [['pending', 'sender-part']];
      return [[this.#onlyReceiver, sealed ? 'addressed-to-others' : 'sender-lacks-it']];
    }
    if (!got || !arrived) return [this.#notArrived(sent, sealed)];
    return [
      ...contents(sealed, arrived),
      ...this.#outcomes(sent, got),
      ...times(sealed, sent, got, arrived),
    ];
  }

  #notArrived(sent: PackageSide, sealed: Sealed): Told {
    if (!this.#to.isWhole) return ['pending', 'recipient-part'];
    const [receipt] = this.#receivedFrom(sent);
    if (receipt) return [this.#onlySender, 'receipt-without-arrival', { kind: receipt.kind }];
    const { dispatched } = sent;
    if (!dispatched) return ['pending', 'not-sent', { sealedAt: sealed.at }];
    if (dispatched.at > this.#to.until) return ['pending', 'sent-after-recipient-end'];
    return [this.#onlySender, 'never-arrived', { sentAt: dispatched.at }];
  }

  /** Receipts are the same when their bytes are; each stands for an act of the recipient. */
  #outcomes(sent: PackageSide, got: PackageSide): Told[] {
    const made = [...got.receiptsOut.values()].filter(({ peer }) => this.#from.keys.has(peer));
    const received = this.#receivedFrom(sent);
    const recorded = sent.recorded.filter(({ recipient }) => this.#to.keys.has(recipient));
    const said = new Set(made.map(({ kind }) => kind));
    return [
      ...made
        .filter(({ digest }) => !sent.receiptsIn.has(digest))
        .map(({ kind }): Told => ['pending', 'receipt-not-taken-in', { kind }]),
      ...received
        .filter(({ digest }) => !got.receiptsOut.has(digest))
        .map(({ kind, at }) => this.#unknownToReceiver(at, 'receipt-unknown', kind)),
      ...[...received, ...made]
        .filter(({ digest }, at, all) => all.findIndex((each) => each.digest === digest) === at)
        .filter(({ kind, digest }) => got.receiptsOut.has(digest) && !hasAct(got, kind))
        .map(({ kind }) => this.#missingThere('receipt-without-act', kind)),
      ...recorded
        .filter(({ outcome }) => !said.has(outcome) && !hasAct(got, outcome))
        .map(({ outcome, at }) => this.#unknownToReceiver(at, 'recorded-not-said', outcome)),
    ];
  }

  #unknownToReceiver(at: Instant, reason: Reason, kind: string): Told {
    return at > this.#to.until
      ? ['pending', 'recipient-ends-before']
      : this.#missingThere(reason, kind);
  }

  /** Something that a whole ledger of the recipient would have to show. */
  #missingThere(reason: Reason, kind: string): Told {
    return this.#to.isWhole ? ['other-outcome', reason, { kind }] : ['pending', 'recipient-part'];
  }

  #receivedFrom({ receiptsIn }: PackageSide): ReceiptSeen[] {
    return [...receiptsIn.values()].filter(({ peer }) => this.#to.keys.has(peer));
  }
}

function contents(sealed: Sealed, arrived: Sealed): Told[] {
  const told: Told[] = [];
  if (sealed.manifest !== arrived.manifest) told.push(['other-digest', 'other-manifest']);
  if (sealed.sealed !== arrived.sealed) told.push(['other-digest', 'other-sealed-file']);
  if (
    sealed.manifest === arrived.manifest &&
    Buffer.compare(encodeCanonical(sealed.facts), encodeCanonical(arrived.facts)) !== 0
  )
    told.push(['other-facts', 'other-facts']);
  return told;
}

function times(
  sealed: Sealed,
  sent: PackageSide,
  got: PackageSide,
  arrived: { readonly at: Instant; readonly seq: number },
): Told[] {
  const told: Told[] = [];
  const wrong = (reason: Reason, params: ReasonParams) =>
    told.push(['impossible-times', reason, params]);
  if (isBefore(arrived.at, sealed.at))
    wrong('arrived-before-sealed', { arrivedAt: arrived.at, sealedAt: sealed.at });
  for (const [digest, made] of got.receiptsOut) {
    const received = sent.receiptsIn.get(digest);
    if (received && isBefore(received.at, made.at))
      wrong('receipt-before-made', { kind: made.kind, takenInAt: received.at, madeAt: made.at });
    if (made.seq < arrived.seq) wrong('receipt-before-arrival', { kind: made.kind });
  }
  return told;
}

/** A receipt of delivery stands for the arrival itself; any other for an act of that name. */
function hasAct({ acts, arrived }: PackageSide, kind: string): boolean {
  return kind === 'delivered'
    ? arrived !== undefined
    : [...acts.keys()].some((act) => act === kind);
}

function isBefore(earlier: Instant, later: Instant): boolean {
  return Date.parse(earlier) < Date.parse(later) - TOLERANCE_MS;
}

function isPending(difference: AnyDifference): difference is Difference<'pending'> {
  return difference.code === 'pending';
}

function byPackage(x: Pair, y: Pair): number {
  return x.package < y.package ? -1 : x.package > y.package ? 1 : 0;
}
