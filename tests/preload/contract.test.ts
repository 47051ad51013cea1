import { describe, expect, it } from 'vitest';
import { contract } from '../../preload/contract/index.ts';
import type { Page } from '../../preload/contract/kinds.ts';
import { surface } from '../../preload/contract/surface.ts';
import { BEFORE_THE_LOCK, NOBODYS, WHO_MAY } from '../fixtures/roles.ts';

const entries = Object.entries(contract).flatMap(([area, page]) =>
  Object.entries(page as Page).map(([name, entry]) => ({ channel: `${area}.${name}`, entry })),
);
const calls = entries.flatMap(({ channel, entry }) =>
  entry.kind === 'event' ? [] : [{ channel, entry }],
);

const long = 'x'.repeat(2 * 1024 * 1024);
const JUNK: readonly (readonly [string, unknown])[] = [
  ['a path', '/etc/passwd'],
  ['a number', 7],
  ['null', null],
  ['a list', []],
  ['a function’s text', 'function(){}'],
  ['an unknown member', { __unknown__: 1 }],
  ['a long text', long],
  ['a polluted prototype', JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}')],
];

describe('the surface', () => {
  it('names exactly what the contract has, with the same kinds', () => {
    const named = Object.fromEntries(
      Object.entries(contract).map(([area, page]) => [
        area,
        Object.fromEntries(Object.entries(page as Page).map(([name, { kind }]) => [name, kind])),
      ]),
    );
    expect(surface).toEqual(named);
  });

  it('says of every call who may make it', () => {
    const asked = calls
      .map(({ channel }) => channel)
      .filter((channel) => !NOBODYS.includes(channel.split('.')[0] ?? ''))
      .filter((channel) => !BEFORE_THE_LOCK.includes(channel));
    expect(Object.keys(WHO_MAY).sort()).toEqual(asked.sort());
  });

  it('names calls by a verb and events in the past tense', () => {
    const past = /(?:ed|step|progress)$/;
    for (const { channel, entry } of entries)
      if (entry.kind === 'event') expect(channel).toMatch(past);
  });
});

describe.each(calls)('$channel', ({ entry }) => {
  it.each(JUNK)('refuses %s', (_what, junk) => {
    expect(entry.input.safeParse(junk).success).toBe(false);
  });

  it('refuses a member that it does not name', () => {
    const asked = entry.input.safeParse({ path: '/etc/passwd' });
    expect(asked.success).toBe(false);
  });
});

describe('every field that takes a file', () => {
  const file = { id: '0'.repeat(32), use: 'out' };

  it('takes a token of its own use', () => {
    const input = { id: '0190a1b2-0000-7000-8000-000000000000', out: file };
    expect(contract.packages.extract.input.safeParse(input).success).toBe(true);
  });

  it.each([
    '/tmp',
    { ...file, use: 'payload' },
    { ...file, path: '/tmp' },
    { id: '../x', use: 'out' },
  ])('refuses %j', (out) => {
    const input = { id: '0190a1b2-0000-7000-8000-000000000000', out };
    expect(contract.packages.extract.input.safeParse(input).success).toBe(false);
  });
});

describe('an answer', () => {
  it('is cut to what the page names, so that a path cannot slip out with it', () => {
    const cut = contract.exchange.addChannel.output.parse({
      id: '0190a1b2-0000-7000-8000-000000000000',
      name: 'Dakar',
      kind: 'folder',
      place: 'dakar',
      path: '/home/officer/exchange/dakar',
      addedAt: '2026-05-03T10:00:00Z',
    });
    expect(cut).not.toHaveProperty('path');
  });
});
