import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../../main/domain/ledger/entry.ts';
import type { EntryDetail, EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import { LedgerSide, reconcile } from '../../../../main/domain/ledger/reconcile.ts';

const A = 'A'.repeat(40);
const B = 'B'.repeat(40);
const C = 'C'.repeat(40);
const PACKAGE = '0190a000-0000-7000-8000-000000000001';
const digest = (letter: string) => letter.repeat(64);

/** A ledger written down by hand, a minute an entry. */
class Ledger {
  readonly side = new LedgerSide();
  #seq = 0;

  constructor(key: string) {
    this.add('genesis', { fingerprint: key } as EntryDetail<'genesis'>, {}, '12:00');
  }

  add<T extends EntryType>(
    type: T,
    detail: EntryDetail<T>,
    subject: object = { package: PACKAGE, manifest: digest('1'), sealed: digest('2') },
    time = `12:${String(10 + this.#seq)}`,
  ): this {
    const at = `2026-05-03T${time}:00Z`;
    this.side.take({ type, detail, subject, at, seq: this.#seq } as Entry);
    this.#seq += 1;
    return this;
  }
}

const sender = () =>
  new Ledger(A).add('frozen', { recipients: [B, C] }).add('sealed', {} as EntryDetail<'sealed'>);
const receiver = (subject?: object, time?: string) =>
  new Ledger(B).add('arrived', { sender: A } as EntryDetail<'arrived'>, subject, time ?? '12:20');

const receiptIn = { kind: 'accepted', receipt: digest('9'), by: B } as EntryDetail<'receipt-in'>;
const receiptOut = { kind: 'accepted', receipt: digest('9'), to: A } as EntryDetail<'receipt-out'>;

const codes = (a: Ledger, b: Ledger) => reconcile(a.side, b.side).findings.map(({ code }) => code);

describe('two ledgers', () => {
  test('that say the same are equal', () => {
    const a = sender().add('receipt-in', receiptIn, undefined, '12:40');
    const b = receiver().add('receipt-out', receiptOut, undefined, '12:30');
    expect(reconcile(a.side, b.side)).toEqual({ equal: 1, findings: [] });
    expect(reconcile(b.side, a.side)).toEqual({ equal: 1, findings: [] });
  });

  test('name a package that only one of them has', () => {
    const empty = new Ledger(B);
    expect(codes(sender(), empty)).toEqual(['only-in-a']);
    expect(codes(empty, sender())).toEqual(['only-in-b']);
    expect(codes(new Ledger(A), receiver())).toEqual(['only-in-b']);
    expect(reconcile(sender().side, empty.side).findings[0]).toMatchObject({
      package: PACKAGE,
      recipient: B,
    });
  });

  test('leave out what went to others, and what others sent', () => {
    const stranger = new Ledger('D'.repeat(40));
    expect(reconcile(sender().side, stranger.side)).toEqual({ equal: 0, findings: [] });
    expect(reconcile(stranger.side, receiver().side)).toEqual({ equal: 0, findings: [] });
  });

  test('show a package that was addressed to others', () => {
    const a = new Ledger(A)
      .add('frozen', { recipients: [C] })
      .add('sealed', {} as EntryDetail<'sealed'>);
    expect(codes(a, receiver())).toEqual(['only-in-b']);
  });

  test('differ in what arrived', () => {
    const other = { package: PACKAGE, manifest: digest('3'), sealed: digest('2') };
    expect(codes(sender(), receiver(other))).toEqual(['other-digest']);
    const again = { package: PACKAGE, manifest: digest('1'), sealed: digest('4') };
    expect(codes(sender(), receiver(again))).toEqual(['other-digest']);
  });

  test('differ in the outcome', () => {
    expect(codes(sender().add('receipt-in', receiptIn), receiver())).toEqual(['other-outcome']);
    expect(codes(sender(), receiver().add('receipt-out', receiptOut))).toEqual(['other-outcome']);
    const recorded = { outcome: 'destroyed', recipient: B } as EntryDetail<'recorded'>;
    expect(codes(sender().add('recorded', recorded), receiver())).toEqual(['other-outcome']);
    const ofOthers = { outcome: 'destroyed', recipient: C } as EntryDetail<'recorded'>;
    expect(codes(sender().add('recorded', ofOthers), receiver())).toEqual([]);
    const theirs = { ...receiptIn, by: C };
    expect(codes(sender().add('receipt-in', theirs), receiver())).toEqual([]);
  });

  test('tell times that cannot be, and let clocks differ by minutes', () => {
    expect(codes(sender(), receiver(undefined, '12:01'))).toEqual(['impossible-times']);
    expect(codes(sender(), receiver(undefined, '12:09'))).toEqual([]);
    const a = sender().add('receipt-in', receiptIn, undefined, '12:21');
    const b = receiver().add('receipt-out', receiptOut, undefined, '12:30');
    expect(codes(a, b)).toEqual(['impossible-times']);
  });

  test('know a member by every key they had', () => {
    const b = new Ledger(C)
      .add('key-rotated', { from: C, to: B } as EntryDetail<'key-rotated'>, {})
      .add('arrived', { sender: A } as EntryDetail<'arrived'>, undefined, '12:20');
    expect(codes(sender(), b)).toEqual([]);
  });
});
