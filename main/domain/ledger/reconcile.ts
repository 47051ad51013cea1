import { encodeCanonical } from '../json/canonical.ts';
import type { Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { LedgerSide, PackageSide, ReceiptSeen, Sealed } from './reconcile-side.ts';

/** How the ledgers of two offices differ on one package and one recipient. */
export type FindingCode =
  'only-in-a' | 'only-in-b' | 'other-digest' | 'other-facts' | 'other-outcome' | 'impossible-times';

export interface Difference<Code extends string> {
  readonly code: Code;
  readonly package: Uuid;
  readonly recipient: Fingerprint;
  /** What differs, in one sentence. */
  readonly text: string;
}

export type Finding = Difference<FindingCode>;

export interface Reconciled {
  /** Packages between the two, one count a recipient, on which both say the same. */
  readonly equal: number;
  /** What cannot both be true, by package. */
  readonly findings: readonly Finding[];
  /** What one side does not know yet: not sent, not taken in, or after the end of its ledger. */
  readonly pending: readonly Difference<'pending'>[];
}

/** Clocks of two offices may differ by so much before an order of times cannot be. */
const TOLERANCE_MS = 5 * 60 * 1000;

/** Compares what two offices say of the packages between them, in both directions. */
export function reconcile(a: LedgerSide, b: LedgerSide): Reconciled {
  const directions = [
    new Direction(a, b, 'only-in-a', 'only-in-b'),
    new Direction(b, a, 'only-in-b', 'only-in-a'),
  ];
  const results = directions.flatMap((direction) => direction.compare());
  const all = results.flatMap(({ differences }) => differences).sort(byPackage);
  return {
    equal: results.filter(({ differences }) => differences.every(isPending)).length,
    findings: all.filter((difference): difference is Finding => !isPending(difference)),
    pending: all.filter(isPending),
  };
}

type Told = readonly [code: FindingCode | 'pending', text: string];
type AnyDifference = Difference<FindingCode | 'pending'>;

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

  compare(): { readonly differences: readonly AnyDifference[] }[] {
    const ids = new Set([...this.#from.packages.keys(), ...this.#to.packages.keys()]);
    return [...ids].flatMap((id) => {
      const sent = this.#from.packages.get(id);
      const got = this.#to.packages.get(id);
      const recipient =
        sent?.sealed && [...sent.recipients].find((fingerprint) => this.#to.keys.has(fingerprint));
      const arrived = got?.arrived;
      const expected = arrived !== undefined && this.#from.keys.has(arrived.sender);
      if (recipient === undefined && !expected) return [];
      const differences = this.#package(sent, got, recipient).map(([code, text]) => ({
        code,
        package: id,
        recipient: recipient ?? [...this.#to.keys][0] ?? '',
        text,
      }));
      return [{ differences }];
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
      if (isAfter) return [['pending', 'It arrived after the end of the sender’s ledger.']];
      const text = sealed
        ? 'It arrived, but the sender addressed it to others.'
        : 'It arrived, but the sender’s ledger does not have it.';
      return [[this.#onlyReceiver, text]];
    }
    if (!got || !arrived) return [this.#notArrived(sent, sealed)];
    return [
      ...contents(sealed, arrived),
      ...this.#outcomes(sent, got),
      ...times(sealed, sent, got, arrived),
    ];
  }

  #notArrived(sent: PackageSide, sealed: Sealed): Told {
    const [receipt] = this.#receivedFrom(sent);
    if (receipt)
      return [
        this.#onlySender,
        `The sender has a receipt “${receipt.kind}”, but the recipient’s ledger does not have the package.`,
      ];
    const { dispatched } = sent;
    if (!dispatched) return ['pending', `It was sealed at ${sealed.at}, but not sent yet.`];
    if (dispatched.at > this.#to.until)
      return ['pending', 'It was sent after the end of the recipient’s ledger.'];
    return [this.#onlySender, `It was sent at ${dispatched.at}, but never arrived.`];
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
        .map(({ kind }): Told => [
          'pending',
          `The sender has not taken in the recipient’s receipt “${kind}” yet.`,
        ]),
      ...received
        .filter(({ digest }) => !got.receiptsOut.has(digest))
        .map(({ kind, at }) =>
          this.#unknownToReceiver(
            at,
            `The sender has a receipt “${kind}” that the recipient’s ledger does not have.`,
          ),
        ),
      ...[...received, ...made]
        .filter(({ digest }, at, all) => all.findIndex((each) => each.digest === digest) === at)
        .filter(({ kind, digest }) => got.receiptsOut.has(digest) && !hasAct(got, kind))
        .map(({ kind }): Told => [
          'other-outcome',
          `A receipt says “${kind}”, but the recipient’s ledger does not have that act.`,
        ]),
      ...recorded
        .filter(({ outcome }) => !said.has(outcome) && !hasAct(got, outcome))
        .map(({ outcome, at }) =>
          this.#unknownToReceiver(
            at,
            `The sender wrote down “${outcome}”, which the recipient’s ledger does not say.`,
          ),
        ),
    ];
  }

  #unknownToReceiver(at: Instant, text: string): Told {
    return at > this.#to.until
      ? ['pending', 'The recipient’s ledger ends before the sender’s last word on it.']
      : ['other-outcome', text];
  }

  #receivedFrom({ receiptsIn }: PackageSide): ReceiptSeen[] {
    return [...receiptsIn.values()].filter(({ peer }) => this.#to.keys.has(peer));
  }
}

function contents(sealed: Sealed, arrived: Sealed): Told[] {
  const told: Told[] = [];
  if (sealed.manifest !== arrived.manifest)
    told.push(['other-digest', 'What arrived has another manifest than what was sealed.']);
  if (sealed.sealed !== arrived.sealed)
    told.push(['other-digest', 'What arrived is another sealed file than the one that was sent.']);
  if (
    sealed.manifest === arrived.manifest &&
    Buffer.compare(encodeCanonical(sealed.facts), encodeCanonical(arrived.facts)) !== 0
  )
    told.push(['other-facts', 'The two ledgers do not say the same of what one manifest holds.']);
  return told;
}

function times(
  sealed: Sealed,
  sent: PackageSide,
  got: PackageSide,
  arrived: { readonly at: Instant; readonly seq: number },
): Told[] {
  const told: Told[] = [];
  const wrong = (text: string) => told.push(['impossible-times', text]);
  if (isBefore(arrived.at, sealed.at))
    wrong(`It arrived at ${arrived.at}, before it was sealed at ${sealed.at}.`);
  for (const [digest, made] of got.receiptsOut) {
    const received = sent.receiptsIn.get(digest);
    if (received && isBefore(received.at, made.at))
      wrong(
        `The receipt “${made.kind}” was taken in at ${received.at}, before it was made at ${made.at}.`,
      );
    if (made.seq < arrived.seq)
      wrong(`The receipt “${made.kind}” stands before the arrival in the recipient’s ledger.`);
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

function byPackage(x: AnyDifference, y: AnyDifference): number {
  return x.package < y.package ? -1 : x.package > y.package ? 1 : 0;
}
