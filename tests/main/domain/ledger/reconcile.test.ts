import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../../main/domain/ledger/entry.ts';
import type { EntryDetail, EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import { LedgerSide } from '../../../../main/domain/ledger/reconcile-side.ts';
import { compareSides, reconcile } from '../../../../main/domain/ledger/reconcile.ts';
import { REASONS, reasonText } from '../../../../main/domain/ledger/reconcile-reasons.ts';

const A = 'A'.repeat(40);
const B = 'B'.repeat(40);
const C = 'C'.repeat(40);
const PACKAGE = '0190a000-0000-7000-8000-000000000001';
const digest = (letter: string) => letter.repeat(64);
const NAMED = { package: PACKAGE, manifest: digest('1'), sealed: digest('2') };
const FACTS = { files: 14, bytesReleased: 4096 } as EntryDetail<'accepted'>['facts'];

/** A ledger written down by hand, a minute an entry. */
class Ledger {
  readonly side: LedgerSide;
  #seq = 0;

  constructor(key: string, isWhole = true) {
    this.side = new LedgerSide(isWhole);
    this.add('genesis', { fingerprint: key } as EntryDetail<'genesis'>, '12:00', {});
  }

  add<T extends EntryType>(
    type: T,
    detail: EntryDetail<T>,
    time = `12:${String(10 + this.#seq)}`,
    subject: object = NAMED,
  ): this {
    const at = `2026-05-03T${time}:00Z`;
    this.side.take({ type, detail, subject, at, seq: this.#seq } as Entry);
    this.#seq += 1;
    return this;
  }

  /** The ledger goes on after everything else. */
  later(): this {
    return this.add('locked', { reason: 'asked' }, '18:00', {});
  }
}

const sealed = { facts: FACTS } as EntryDetail<'sealed'>;
const arrived = { sender: A, facts: FACTS } as EntryDetail<'arrived'>;
const accepted = { facts: FACTS };
const receiptIn = { kind: 'accepted', receipt: digest('9'), by: B } as EntryDetail<'receipt-in'>;
const receiptOut = { kind: 'accepted', receipt: digest('9'), to: A } as EntryDetail<'receipt-out'>;

const draft = () => new Ledger(A).add('frozen', { recipients: [B, C] }).add('sealed', sealed);
const sender = () => draft().add('dispatched', { via: 'hand' });
const receiver = (subject?: object, time = '12:20') =>
  new Ledger(B).add('arrived', arrived, time, subject);
/** The receiver after accepting, with a receipt made at 12:30. */
const accepting = () =>
  receiver().add('accepted', accepted, '12:30').add('receipt-out', receiptOut, '12:30');

const outcome = (a: Ledger, b: Ledger) => {
  const { equal, findings, pending } = reconcile(a.side, b.side);
  return { equal, findings: findings.map(({ code }) => code), pending: pending.length };
};
const codes = (a: Ledger, b: Ledger) => outcome(a, b).findings;

describe('two ledgers', () => {
  test('that say the same are equal, whichever comes first', () => {
    const a = sender().add('receipt-in', receiptIn, '12:40');
    const same = { equal: 1, findings: [], pending: [] };
    expect(reconcile(a.side, accepting().side)).toEqual(same);
    expect(reconcile(accepting().side, a.side)).toEqual(same);
  });

  test('do not disagree about what is still under way', () => {
    const underWay = { equal: 1, findings: [], pending: 1 };
    expect(outcome(sender(), accepting())).toEqual(underWay);
    expect(outcome(draft(), new Ledger(B).later())).toEqual(underWay);
    expect(outcome(sender(), new Ledger(B))).toEqual(underWay);
    expect(outcome(new Ledger(A), receiver())).toEqual(underWay);
    const { pending } = reconcile(sender().side, accepting().side);
    expect(pending[0]).toMatchObject({ code: 'pending', package: PACKAGE, recipient: B });
  });

  test('name a package that only one of them has', () => {
    expect(codes(sender(), new Ledger(B).later())).toEqual(['only-in-a']);
    expect(codes(new Ledger(B).later(), sender())).toEqual(['only-in-b']);
    expect(codes(new Ledger(A).later(), receiver())).toEqual(['only-in-b']);
    const { findings } = reconcile(sender().side, new Ledger(B).later().side);
    expect(findings[0]).toMatchObject({ package: PACKAGE, recipient: B });
  });

  test('cannot have a receipt for what never arrived', () => {
    const a = draft().add('receipt-in', receiptIn);
    expect(codes(a, new Ledger(B))).toEqual(['only-in-a']);
  });

  test('leave out what went to others, and what others sent', () => {
    const stranger = new Ledger('D'.repeat(40)).later();
    const nothing = { equal: 0, findings: [], pending: [] };
    expect(reconcile(sender().side, stranger.side)).toEqual(nothing);
    expect(reconcile(stranger.side, receiver().side)).toEqual(nothing);
  });

  test('show a package that was addressed to others', () => {
    const a = new Ledger(A)
      .add('frozen', { recipients: [C] })
      .add('sealed', sealed)
      .later();
    expect(codes(a, receiver())).toEqual(['only-in-b']);
  });

  test('differ in what arrived', () => {
    expect(codes(sender(), receiver({ ...NAMED, manifest: digest('3') }))).toEqual([
      'other-digest',
    ]);
    expect(codes(sender(), receiver({ ...NAMED, sealed: digest('4') }))).toEqual(['other-digest']);
    const more = { ...arrived, facts: { ...FACTS, files: 15 } };
    const b = new Ledger(B).add('arrived', more, '12:20');
    expect(codes(sender(), b)).toEqual(['other-facts']);
  });

  test('differ in the outcome', () => {
    expect(codes(sender().add('receipt-in', receiptIn), receiver())).toEqual(['other-outcome']);
    const rejected = receiver()
      .add('rejected', { facts: FACTS, reason: 'not-ours' }, '12:30')
      .add('receipt-out', receiptOut, '12:30');
    const a = sender().add('receipt-in', receiptIn, '12:40');
    expect(codes(a, rejected)).toEqual(['other-outcome']);
    const theirs = { ...receiptIn, by: C };
    expect(codes(sender().add('receipt-in', theirs), receiver())).toEqual([]);
  });

  test('differ in what the sender wrote down for the recipient', () => {
    const recorded = { outcome: 'destroyed', recipient: B } as EntryDetail<'recorded'>;
    const a = () => sender().add('recorded', recorded);
    expect(codes(a(), receiver())).toEqual(['other-outcome']);
    const destroyed = receiver().add('destroyed', { facts: FACTS, how: 'software-delete' });
    expect(codes(a(), destroyed)).toEqual([]);
    const ofOthers = { outcome: 'destroyed', recipient: C } as EntryDetail<'recorded'>;
    expect(codes(sender().add('recorded', ofOthers), receiver())).toEqual([]);
  });

  test('wait for a ledger that ends before the other one’s last word', () => {
    const a = sender().add('receipt-in', receiptIn, '13:00');
    expect(outcome(a, receiver())).toEqual({ equal: 1, findings: [], pending: 1 });
    expect(codes(a, receiver().later())).toEqual(['other-outcome']);
  });

  test('tell times that cannot be, and let clocks differ by minutes', () => {
    expect(codes(sender(), receiver(undefined, '12:01'))).toEqual(['impossible-times']);
    expect(codes(sender(), receiver(undefined, '12:09'))).toEqual([]);
    const early = sender().add('receipt-in', receiptIn, '12:21');
    expect(codes(early, accepting())).toEqual(['impossible-times']);
    const reversed = new Ledger(B)
      .add('accepted', accepted, '12:30')
      .add('receipt-out', receiptOut, '12:30')
      .add('arrived', arrived, '12:31');
    expect(codes(sender(), reversed)).toEqual(['impossible-times']);
  });

  test('know a member by every key they had', () => {
    const b = new Ledger(C)
      .add('key-rotated', { from: C, to: B } as EntryDetail<'key-rotated'>, '12:05', {})
      .add('arrived', arrived, '12:20');
    expect(codes(sender(), b)).toEqual([]);
  });
});

describe('a part of a ledger', () => {
  const part = (key: string) => new Ledger(key, false);

  test('is not blamed for what it does not show', () => {
    const whole = sender().later();
    expect(outcome(whole, part(B).later())).toEqual({ equal: 1, findings: [], pending: 1 });
    expect(outcome(part(A).later(), accepting().later())).toEqual({
      equal: 1,
      findings: [],
      pending: 1,
    });
    const told = sender().add('receipt-in', receiptIn, '12:40').later();
    const arrivedOnly = part(B).add('arrived', arrived, '12:20').later();
    expect(outcome(told, arrivedOnly)).toEqual({ equal: 1, findings: [], pending: 1 });
  });

  test('is held to what it shows', () => {
    const other = { ...NAMED, sealed: digest('7') };
    const shown = part(B).add('arrived', arrived, '12:20', other).later();
    expect(outcome(sender().later(), shown).findings).toEqual(['other-digest']);
  });
});

describe('pairs', () => {
  const state = (a: Ledger, b: Ledger) => compareSides(a.side, b.side).map((pair) => pair.state);

  test('say what two ledgers come to, and keep what each has', () => {
    const a = sender().add('receipt-in', receiptIn, '12:40');
    const [pair] = compareSides(a.side, accepting().side);
    expect(pair).toMatchObject({ package: PACKAGE, recipient: B, sender: 'a', state: 'equal' });
    expect(pair?.a?.sealed?.at).toBe('2026-05-03T12:12:00Z');
    expect(pair?.b?.acts.get('accepted')?.at).toBe('2026-05-03T12:30:00Z');
    const [turned] = compareSides(accepting().side, a.side);
    expect(turned).toMatchObject({ sender: 'b', state: 'equal', recipient: B });
  });

  test('have one state each', () => {
    expect(state(sender(), accepting())).toEqual(['pending']);
    expect(state(sender(), new Ledger(B).later())).toEqual(['only-in-a']);
    expect(state(new Ledger(B).later(), sender())).toEqual(['only-in-b']);
    expect(state(sender(), receiver({ ...NAMED, manifest: digest('3') }))).toEqual(['differs']);
    expect(state(sender(), receiver(undefined, '12:01'))).toEqual(['differs']);
    expect(state(sender(), new Ledger('D'.repeat(40)).later())).toEqual([]);
  });

  test('give their reasons as keys with values, and as the sentence of these', () => {
    const pairs = compareSides(sender().side, receiver(undefined, '12:01').side);
    const [difference] = pairs[0]?.differences ?? [];
    expect(difference).toMatchObject({
      code: 'impossible-times',
      reason: 'arrived-before-sealed',
      params: { arrivedAt: '2026-05-03T12:01:00Z', sealedAt: '2026-05-03T12:12:00Z' },
    });
    expect(difference?.text).toBe(
      'It arrived at 2026-05-03T12:01:00Z, before it was sealed at 2026-05-03T12:12:00Z.',
    );
    for (const reason of Object.keys(REASONS) as (keyof typeof REASONS)[]) {
      const named = [...REASONS[reason].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'x']);
      expect(reasonText(reason, Object.fromEntries(named) as Record<string, string>)).not.toContain(
        '{',
      );
    }
  });
});
