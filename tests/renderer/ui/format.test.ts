import { describe, expect, it } from 'vitest';
import { createFormats } from '../../../renderer/ui/format.ts';

const now = () => new Date('2026-11-23T14:00:00Z');
const london = createFormats('en-GB', 'Europe/London', now);
const dakar = createFormats('fr', 'Africa/Dakar', now);
const auckland = createFormats('en-NZ', 'Pacific/Auckland', now);

describe('bytes and speed', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [212_000, '212 kB'],
    [1_792_114_003, '1.79 GB'],
    [41_250_000, '41.3 MB'],
    [2_000_000_000_000, '2 TB'],
  ])('writes %d as %s', (value, text) => {
    expect(london.bytes(value)).toBe(text);
  });

  it('writes a speed in the same units', () => {
    expect(london.speed(412_000_000)).toBe('412 MB/s');
  });

  it('uses the decimal sign of the reader', () => {
    expect(dakar.bytes(1_792_114_003)).toMatch(/^1,79\sGo$/);
  });
});

describe('durations', () => {
  it.each([
    [0.2, '1 sec'],
    [59, '59 secs'],
    [125, '2 mins 5 secs'],
    [3_600, '1 hr'],
    [5_400, '1 hr 30 mins'],
    [90_000, '1 day 1 hr'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(london.duration(seconds)).toBe(text);
  });
});

describe('times', () => {
  it('speaks of today and yesterday in the zone of the reader', () => {
    expect(london.when('2026-11-23T13:02:00Z')).toBe('today at 13:02');
    expect(london.when('2026-11-22T17:31:00Z')).toBe('yesterday at 17:31');
    expect(london.when('2026-11-20T09:00:00Z')).toBe('20 Nov at 09:00');
    expect(london.when('2025-02-04T09:00:00Z')).toBe('4 Feb 2025 at 09:00');
    // 11:30 UTC on the 22nd is already the 23rd in Auckland, where it is the 24th now.
    expect(auckland.when('2026-11-22T11:30:00Z')).toMatch(/^yesterday/);
  });

  it('leaves the year out of a row only when it is this one', () => {
    expect(london.moment('2026-11-23T13:02:00Z')).toBe('23 Nov, 13:02');
    expect(london.moment('2025-11-23T13:02:00Z')).toBe('23 Nov 2025, 13:02');
  });

  it('names the zone where it matters', () => {
    expect(london.exact('2026-07-01T13:02:05Z')).toBe('1 July 2026 at 14:02:05 BST');
  });

  it('names the part of the calendar that an instant is in, where the reader is', () => {
    const at = '2026-12-31T13:02:00Z';
    expect(london.period(at, 'day')).toBe('31 Dec');
    expect(london.period(at, 'month')).toBe('Dec 2026');
    expect(auckland.period(at, 'year')).toBe('2027');
  });

  it('never moves a calendar date by the zone', () => {
    expect(auckland.longDate('2027-12-31')).toBe('31 December 2027');
    expect(createFormats('en-GB', 'Pacific/Honolulu', now).date('2027-12-31')).toBe('31 Dec 2027');
  });
});

describe('words', () => {
  it('joins names the way the language does', () => {
    expect(london.list(['Amina', 'Bruno', 'Claire'])).toBe('Amina, Bruno and Claire');
    expect(dakar.list(['Amina', 'Bruno'])).toBe('Amina et Bruno');
  });

  it('names a country and keeps letters that are none', () => {
    expect(london.country('SN')).toBe('Senegal');
    expect(london.country('XX')).toBe('XX');
  });
});
