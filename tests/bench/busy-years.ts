import { sha256Hex } from '../../main/domain/digest.ts';
import { encodeCanonical } from '../../main/domain/json/canonical.ts';
import type { ReleaseFacts } from '../../main/domain/ledger/entry-types.ts';
import { makeOpening } from '../../main/domain/ledger/opening.ts';
import { newId } from '../../main/domain/new-id.ts';
import { instant } from '../../main/domain/time.ts';
import { encodeReceipt, type Receipt } from '../../main/domain/transfers/receipt.ts';
import type { Act, Evidence, Opening } from '../../main/domain/vault/journal.ts';
import type { Effect } from '../../main/domain/vault/records.ts';
import type { Seeded } from './seeded.ts';

const INSTRUMENTS = ['mla-treaty', 'uncac', 'jit', 'voluntary', 'budapest'];
const CATEGORIES = ['identity', 'contact', 'financial', 'health', 'biometric', 'location'];
const OFFENCES = ['fraud', 'corruption', 'trafficking', 'cyber-attack', 'laundering'];
const REASONS = ['wrong-recipient', 'incomplete', 'legal-basis', 'not-readable', 'court-order'];
const PLACES = ['Baobab', 'Lagune', 'Teranga', 'Harbour', 'Meridian', 'Savane', 'Delta', 'Atlas'];
const NOTES = [
  'Confirmed by telephone with the duty magistrate',
  'Letter received through the embassy, filed in the registry',
  'The custodian signed the transfer sheet in person',
  'Reçu par courrier recommandé, original au greffe',
];

/** How many packages are in hand at any time, and how many a case has before the next is opened. */
const IN_HAND = 120;
const A_CASE = 30;
/** One of so many receipts is a counterparty's own, with a signature that has to be checked. */
const SIGNED = 40;

/** The office whose years these are. */
export const US = { name: 'Central authority', organisation: 'Ministry of Justice', country: 'SN' };

/** Somebody whom packages go to and come from. */
export interface Peer {
  readonly fingerprint: string;
  readonly name: string;
  readonly organisation: string;
  readonly country: string;
  /** A binary detached signature by their key. */
  readonly sign: (bytes: Uint8Array, at: Date) => Promise<Uint8Array>;
}

/** What one moment adds to the ledger. */
export interface Step {
  readonly acts: readonly Act[];
  readonly openings?: readonly Opening[];
  readonly evidence?: readonly Evidence[];
  readonly effects?: readonly Effect[];
}

/** An office's work over the years: cases, packages out and in, each a story of many steps. */
export class BusyYears {
  readonly #draw: Seeded;
  readonly #peers: readonly Peer[];
  readonly #stories: Story[] = [];
  /** Ids of what was worked on, for questions about them. */
  readonly cases: string[] = [];
  readonly packages: string[] = [];
  #now = new Date(0);
  #actor = '';

  constructor(draw: Seeded, peers: readonly Peer[]) {
    this.#draw = draw;
    this.#peers = peers;
  }

  /** The next step of one of the packages in hand, taken by this key. */
  async step(now: Date, actor: string): Promise<Step> {
    this.#now = now;
    this.#actor = actor;
    if (this.packages.length >= this.cases.length * A_CASE) return this.#openCase();
    while (this.#stories.length < IN_HAND) this.#stories.push(this.#story());
    const at = this.#draw.below(this.#stories.length);
    const next = await this.#stories[at]?.next();
    if (next !== undefined && next.done !== true) return next.value;
    this.#stories.splice(at, 1);
    return this.step(now, actor);
  }

  #openCase(): Step {
    const draw = this.#draw;
    const id = this.#id();
    const place = draw.pick(PLACES);
    const year = this.#now.getUTCFullYear();
    const reference = `JIT/${String(year)}/${String(this.cases.length + 1)} ${place}`;
    const countries = this.#countries();
    const instrument = draw.pick(INSTRUMENTS);
    const opening = makeOpening(reference, draw);
    this.cases.push(id);
    const title = `Operation ${place}`;
    const doc = { reference, title, counterpart: countries, instrument, id };
    return {
      acts: [
        {
          type: 'case-opened',
          subject: { case: id },
          detail: { reference: opening.digest, countries, instrument },
        },
      ],
      openings: [opening],
      effects: [{ put: 'cases', id, doc: { ...doc, state: 'open', openedAt: instant(this.#now) } }],
    };
  }

  #story(): Story {
    const id = this.#id();
    const { cases } = this;
    this.packages.push(id);
    const newest = cases.slice(-8);
    const of = this.#draw.pick(newest);
    return this.#draw.chance(0.55) ? this.#outgoing(id, of) : this.#incoming(id, of);
  }

  async *#outgoing(id: string, of: string): AsyncGenerator<Step> {
    const draw = this.#draw;
    const draft = { package: id, case: of };
    const facts = this.#facts();
    const bytes = facts.bytesReleased;
    yield one({
      type: 'draft-made',
      subject: draft,
      detail: { kind: facts.kind, files: 1, bytes },
    });
    for (let changes = draw.below(3); changes > 0; changes -= 1)
      yield one({ type: 'draft-changed', subject: draft, detail: { files: facts.files, bytes } });
    if (draw.chance(0.08)) {
      yield one({ type: 'draft-discarded', subject: draft, detail: {} });
      return;
    }
    const answers = this.#answers();
    yield one({ type: 'assessed', subject: draft, detail: { answers, risk: facts.risk } });
    const subject = { ...draft, manifest: draw.digest() };
    const to = draw.some(this.#peers, 1, 3);
    const recipients = to.map(({ fingerprint }) => fingerprint);
    const sealed = { ...subject, sealed: draw.digest() };
    const seal = { profile: 'rfc4880', sealedBytes: bytes + 1024, toSelf: true } as const;
    yield {
      acts: [
        { type: 'frozen', subject, detail: { recipients } },
        { type: 'sealed', subject: sealed, detail: { facts, ...seal } },
      ],
    };
    const via = draw.pick(['folder', 'hand', 'sftp', 'email'] as const);
    yield one({ type: 'dispatched', subject: sealed, detail: { via } });
    for (const peer of to) {
      if (draw.chance(1 / SIGNED)) yield await this.#receiptIn(sealed, peer);
      else if (draw.chance(0.2)) yield this.#recorded(subject, peer);
    }
    if (draw.chance(0.05)) yield one({ type: 'recalled', subject: sealed, detail: {} });
    yield* this.#keptAndGone(sealed, facts);
  }

  *#incoming(id: string, of: string): Generator<Step> {
    const draw = this.#draw;
    const from = draw.pick(this.#peers);
    const facts = this.#facts();
    const subject = {
      package: id,
      manifest: draw.digest(),
      sealed: draw.digest(),
      contact: from.fingerprint,
    };
    const checked = { files: facts.files, bytes: facts.bytesReleased };
    yield {
      acts: [
        { type: 'verified', subject, detail: checked },
        {
          type: 'arrived',
          subject,
          detail: {
            facts,
            sender: from.fingerprint,
            senderVerified: draw.chance(0.9),
            sealedBytes: checked.bytes + 1024,
            witnessed: 'consistent',
            warnings: [],
          },
        },
      ],
    };
    if (draw.chance(0.3)) yield this.#receiptOut(subject, 'delivered');
    yield one({ type: 'extracted', subject, detail: checked });
    const taken = { ...subject, case: of };
    if (draw.chance(0.07)) {
      const note = makeOpening(draw.pick(NOTES), draw);
      const detail = { facts, reason: draw.pick(REASONS), note: note.digest };
      yield { acts: [{ type: 'rejected', subject: taken, detail }], openings: [note] };
      return;
    }
    yield one({ type: 'accepted', subject: taken, detail: { facts } });
    for (let looks = draw.below(4); looks > 0; looks -= 1)
      yield one({ type: 'extracted', subject: taken, detail: checked });
    yield* this.#keptAndGone(taken, facts);
  }

  *#keptAndGone(subject: NonNullable<Act['subject']>, facts: ReleaseFacts): Generator<Step> {
    const draw = this.#draw;
    if (draw.chance(0.25)) {
      yield one({ type: 'held', subject, detail: { reason: draw.pick(REASONS) } });
      yield one({ type: 'hold-released', subject, detail: {} });
    }
    if (draw.chance(0.4)) yield one({ type: 'expired', subject, detail: {} });
    if (draw.chance(0.5)) {
      yield one({ type: 'destroyed', subject, detail: { facts, how: 'overwritten' } });
    } else yield one({ type: 'returned', subject, detail: { facts } });
  }

  #recorded(subject: Act['subject'], { fingerprint }: Peer): Step {
    const draw = this.#draw;
    const note = makeOpening(`${draw.pick(NOTES)} (${draw.pick(PLACES)})`, draw);
    const bytes = encodeCanonical({ scan: draw.digest() });
    const evidence = sha256Hex(bytes);
    const outcome = draw.pick(['delivered', 'accepted', 'rejected'] as const);
    const detail = { outcome, recipient: fingerprint, evidence, note: note.digest };
    return {
      acts: [{ type: 'recorded', ...(subject ? { subject } : {}), detail }],
      openings: [note],
      evidence: [{ sha256: evidence, kind: 'recorded', bytes }],
    };
  }

  async #receiptIn(subject: Sealed, peer: Peer): Promise<Step> {
    const { receipt, bytes, digest } = this.#receipt(subject, 'accepted', peer);
    const { kind, at } = receipt;
    const by = peer.fingerprint;
    const signature = await peer.sign(bytes, this.#now);
    return {
      acts: [
        {
          type: 'receipt-in',
          subject: { ...subject, contact: by },
          detail: { kind, receipt: digest, by, at, witnessed: 'none' },
        },
      ],
      evidence: [{ sha256: digest, kind: 'receipt', bytes, signature }],
    };
  }

  #receiptOut(subject: Sealed & { readonly contact: string }, kind: Receipt['kind']): Step {
    const { bytes, digest } = this.#receipt(subject, kind, { ...US, fingerprint: this.#actor });
    const detail = { kind, receipt: digest, to: subject.contact };
    return {
      acts: [{ type: 'receipt-out', subject, detail }],
      evidence: [{ sha256: digest, kind: 'receipt', bytes }],
    };
  }

  #receipt(
    subject: Sealed,
    kind: Receipt['kind'],
    { name, organisation, country, fingerprint }: Omit<Peer, 'sign'>,
  ) {
    const receipt: Receipt = {
      format: 'valise.receipt/1',
      id: this.#id(),
      kind,
      packageId: subject.package,
      manifestDigest: subject.manifest,
      sealedDigest: subject.sealed,
      at: instant(this.#now),
      by: { name, organisation, country, fingerprint },
      witnessed: { result: 'none' },
    };
    const bytes = encodeReceipt(receipt);
    return { receipt, bytes, digest: sha256Hex(bytes) };
  }

  #facts(): ReleaseFacts {
    const draw = this.#draw;
    const bytes = 1000 + draw.below(5_000_000);
    return {
      kind: draw.chance(0.9) ? 'release' : 'request',
      instrument: draw.pick(INSTRUMENTS),
      countries: this.#countries(),
      categories: draw.some(CATEGORIES, 1, 3),
      offences: draw.some(OFFENCES, 1, 2),
      files: 1 + draw.below(20),
      bytesHeld: bytes * 2,
      bytesReleased: bytes,
      affected: draw.below(400),
      affectedMethod: draw.pick(['exact', 'estimated', 'unknown'] as const),
      risk: draw.pick(['low', 'medium', 'high'] as const),
      deleteBy: instant(new Date(this.#now.getTime() + 400 * 86_400_000)).slice(0, 10),
      retention: draw.pick(['destroy', 'return'] as const),
      recipients: 1,
    };
  }

  #answers() {
    const answer = () => this.#draw.pick(['met', 'met', 'met', 'not-applicable'] as const);
    return {
      ownership: answer(),
      consentOrInterest: answer(),
      recipientIdentity: answer(),
      minimisation: answer(),
      necessity: answer(),
      harmToIndividuals: answer(),
      onwardTransfer: answer(),
    };
  }

  #countries(): string[] {
    return [...new Set(this.#draw.some(this.#peers, 1, 2).map(({ country }) => country))];
  }

  #id(): string {
    return newId({ now: () => this.#now }, this.#draw);
  }
}

type Story = Generator<Step> | AsyncGenerator<Step>;

interface Sealed {
  readonly package: string;
  readonly manifest: string;
  readonly sealed: string;
}

const one = (act: Act): Step => ({ acts: [act] });
