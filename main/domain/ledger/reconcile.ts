import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { Entry } from './entry.ts';

/** How the ledgers of two offices differ on one package and one recipient. */
export type FindingCode =
  'only-in-a' | 'only-in-b' | 'other-digest' | 'other-outcome' | 'impossible-times';

export interface Finding {
  readonly code: FindingCode;
  readonly package: Uuid;
  readonly recipient: Fingerprint;
  /** What differs, in one sentence. */
  readonly text: string;
}

export interface Reconciled {
  /** Packages between the two, one count a recipient, on which both say the same. */
  readonly equal: number;
  /** By package. */
  readonly findings: readonly Finding[];
}

/** Clocks of two offices may differ by so much before an order of times cannot be. */
const TOLERANCE_MS = 5 * 60 * 1000;

interface Dated {
  readonly at: Instant;
  readonly seq: number;
}

interface Sealed extends Dated {
  readonly manifest: Digest | undefined;
  readonly sealed: Digest | undefined;
}

interface Arrived extends Sealed {
  readonly sender: Fingerprint;
}

interface Receipt extends Dated {
  readonly kind: string;
  readonly digest: Digest;
  /** Who signed it, or to whom it went. */
  readonly peer: Fingerprint;
}

class PackageSide {
  readonly recipients = new Set<Fingerprint>();
  readonly receiptsIn = new Map<Digest, Receipt>();
  readonly receiptsOut = new Map<Digest, Receipt>();
  /** What the sender wrote down for recipients who sign no receipts. */
  readonly recorded: { readonly outcome: string; readonly recipient: Fingerprint }[] = [];
  sealed: Sealed | undefined;
  arrived: Arrived | undefined;
}

/** What one ledger says of packages: filled entry by entry, from a ledger that was verified. */
export class LedgerSide {
  readonly keys = new Set<Fingerprint>();
  readonly packages = new Map<Uuid, PackageSide>();

  take(entry: Entry): void {
    this.#noteKeys(entry);
    const id = entry.subject.package;
    if (id === undefined) return;
    const { subject, seq, at } = entry;
    const dated = { seq, at, manifest: subject.manifest, sealed: subject.sealed };
    switch (entry.type) {
      case 'frozen':
      case 'addressed':
        for (const recipient of entry.detail.recipients)
          this.#package(id).recipients.add(recipient);
        return;
      case 'sealed':
        this.#package(id).sealed = dated;
        return;
      case 'arrived':
        this.#package(id).arrived ??= { ...dated, sender: entry.detail.sender };
        return;
      case 'receipt-in': {
        const { kind, receipt: digest, by: peer } = entry.detail;
        this.#package(id).receiptsIn.set(digest, { seq, at, kind, digest, peer });
        return;
      }
      case 'receipt-out': {
        const { kind, receipt: digest, to: peer } = entry.detail;
        this.#package(id).receiptsOut.set(digest, { seq, at, kind, digest, peer });
        return;
      }
      case 'recorded':
        this.#package(id).recorded.push(entry.detail);
    }
  }

  #noteKeys(entry: Entry): void {
    switch (entry.type) {
      case 'genesis':
      case 'member-added':
      case 'key-made':
        this.keys.add(entry.detail.fingerprint);
        return;
      case 'key-rotated':
      case 'key-replaced':
        this.keys.add(entry.detail.to);
    }
  }

  #package(id: Uuid): PackageSide {
    let side = this.packages.get(id);
    if (side === undefined) {
      side = new PackageSide();
      this.packages.set(id, side);
    }
    return side;
  }
}

/** Compares what two offices say of the packages between them, in both directions. */
export function reconcile(a: LedgerSide, b: LedgerSide): Reconciled {
  const directions = [
    new Direction(a, b, 'only-in-a', 'only-in-b'),
    new Direction(b, a, 'only-in-b', 'only-in-a'),
  ];
  const results = directions.flatMap((direction) => direction.compare());
  const findings = results.flatMap((result) => (result === 'equal' ? [] : result));
  return {
    equal: results.filter((result) => result === 'equal').length,
    findings: findings.sort((x, y) => (x.package < y.package ? -1 : x.package > y.package ? 1 : 0)),
  };
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

  compare(): ('equal' | Finding[])[] {
    const ids = new Set([...this.#from.packages.keys(), ...this.#to.packages.keys()]);
    return [...ids].flatMap((id) => {
      const sent = this.#from.packages.get(id);
      const got = this.#to.packages.get(id);
      const recipient =
        sent?.sealed && [...sent.recipients].find((fingerprint) => this.#to.keys.has(fingerprint));
      const arrived = got?.arrived;
      const expected = arrived !== undefined && this.#from.keys.has(arrived.sender);
      if (recipient === undefined && !expected) return [];
      const findings = this.#package(sent, got, recipient).map(([code, text]) => ({
        code,
        package: id,
        recipient: recipient ?? [...this.#to.keys][0] ?? '',
        text,
      }));
      return [findings.length === 0 ? 'equal' : findings];
    });
  }

  #package(
    sent: PackageSide | undefined,
    got: PackageSide | undefined,
    recipient: Fingerprint | undefined,
  ): [FindingCode, string][] {
    const { sealed } = sent ?? {};
    const { arrived } = got ?? {};
    if (!sent || !sealed || recipient === undefined)
      return [
        [
          this.#onlyReceiver,
          sealed
            ? 'It arrived, but the sender addressed it to others.'
            : 'It arrived, but the sender’s ledger does not have it.',
        ],
      ];
    if (!got || !arrived)
      return [[this.#onlySender, 'It was sealed, but never arrived at this recipient.']];
    return [
      ...digests(sealed, arrived),
      ...outcomes(this.#receivedFrom(sent), this.#sentTo(got), this.#recordedOf(sent)),
      ...times(sealed, arrived, sent, got),
    ];
  }

  #receivedFrom({ receiptsIn }: PackageSide): Receipt[] {
    return [...receiptsIn.values()].filter(({ peer }) => this.#to.keys.has(peer));
  }

  #recordedOf({ recorded }: PackageSide): string[] {
    return recorded
      .filter(({ recipient }) => this.#to.keys.has(recipient))
      .map(({ outcome }) => outcome);
  }

  #sentTo({ receiptsOut }: PackageSide): Receipt[] {
    return [...receiptsOut.values()].filter(({ peer }) => this.#from.keys.has(peer));
  }
}

function digests(sealed: Sealed, arrived: Arrived): [FindingCode, string][] {
  const found: [FindingCode, string][] = [];
  if (sealed.manifest !== arrived.manifest)
    found.push(['other-digest', 'What arrived has another manifest than what was sealed.']);
  if (sealed.sealed !== arrived.sealed)
    found.push(['other-digest', 'What arrived is another sealed file than the one that was sent.']);
  return found;
}

/** Receipts are the same when their bytes are: a digest that one side lacks is a difference. */
function outcomes(
  received: readonly Receipt[],
  made: readonly Receipt[],
  recorded: readonly string[],
): [FindingCode, string][] {
  const here = new Set(received.map(({ digest }) => digest));
  const there = new Set(made.map(({ digest }) => digest));
  const kinds = new Set(made.map(({ kind }) => kind));
  return [
    ...made
      .filter(({ digest }) => !here.has(digest))
      .map(({ kind }): [FindingCode, string] => [
        'other-outcome',
        `The recipient’s receipt “${kind}” is not in the sender’s ledger.`,
      ]),
    ...received
      .filter(({ digest }) => !there.has(digest))
      .map(({ kind }): [FindingCode, string] => [
        'other-outcome',
        `The sender has a receipt “${kind}” that the recipient’s ledger does not have.`,
      ]),
    ...recorded
      .filter((outcome) => !kinds.has(outcome))
      .map((outcome): [FindingCode, string] => [
        'other-outcome',
        `The sender wrote down “${outcome}”, which the recipient’s ledger does not say.`,
      ]),
  ];
}

function times(
  sealed: Sealed,
  arrived: Arrived,
  sent: PackageSide,
  got: PackageSide,
): [FindingCode, string][] {
  const found: [FindingCode, string][] = [];
  if (isBefore(arrived.at, sealed.at))
    found.push([
      'impossible-times',
      `It arrived at ${arrived.at}, before it was sealed at ${sealed.at}.`,
    ]);
  for (const [digest, made] of got.receiptsOut) {
    const received = sent.receiptsIn.get(digest);
    if (received && isBefore(received.at, made.at))
      found.push([
        'impossible-times',
        `The receipt “${made.kind}” was taken in at ${received.at}, before it was made at ${made.at}.`,
      ]);
  }
  return found;
}

function isBefore(earlier: Instant, later: Instant): boolean {
  return Date.parse(earlier) < Date.parse(later) - TOLERANCE_MS;
}
