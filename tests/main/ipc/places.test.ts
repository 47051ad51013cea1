import { describe, expect, it } from 'vitest';
import { withPlaces, withTokens } from '../../../main/ipc/places.ts';
import { FileTokens } from '../../../main/shell/file-tokens.ts';

describe('tokens on the way in', () => {
  it('become places, wherever they stand', () => {
    const tokens = new FileTokens();
    const out = tokens.make('/home/amina/out', 'out');
    const file = tokens.make('/home/amina/a.csv', 'payload');
    const { input, used } = withPlaces({ id: 'x', out, deep: { add: [file] } }, tokens);
    expect(input).toEqual({
      id: 'x',
      out: { place: '/home/amina/out', use: 'out' },
      deep: { add: [{ place: '/home/amina/a.csv', use: 'payload' }] },
    });
    expect(used).toEqual([out, file]);
  });

  it('are refused when nobody made them', () => {
    const unknown = { id: '0'.repeat(32), use: 'out' };
    expect(() => withPlaces({ out: unknown }, new FileTokens())).toThrow('not known any more');
  });

  it('are refused for another use than theirs', () => {
    const tokens = new FileTokens();
    const { id } = tokens.make('/home/amina/a.csv', 'payload');
    expect(() => withPlaces({ out: { id, use: 'out' } }, tokens)).toThrow('not known any more');
  });

  it('stay text where only text stands', () => {
    const tokens = new FileTokens();
    const { id } = tokens.make('/home/amina/a.csv', 'payload');
    expect(withPlaces({ note: id }, tokens).input).toEqual({ note: id });
  });

  it.each(['payload', 'sealed', 'evidence', 'out', 'channel', 'vault-new'] as const)(
    'for %s are used up by what worked',
    (use) => {
      const tokens = new FileTokens();
      const token = tokens.make('/somewhere', use);
      tokens.spend([token]);
      expect(tokens.path(token)).toBeUndefined();
    },
  );

  it.each(['certificate', 'vault', 'written'] as const)('for %s are kept', (use) => {
    const tokens = new FileTokens();
    const token = tokens.make('/somewhere', use);
    tokens.spend([token]);
    expect(tokens.path(token)).toBe('/somewhere');
    tokens.forget();
    expect(tokens.path(token)).toBeUndefined();
  });
});

describe('places on the way out', () => {
  it('become tokens that can be shown', () => {
    const tokens = new FileTokens();
    const answer = { id: 'x', written: { place: '/home/amina/out/bag', use: 'written' } };
    const shown = withTokens(answer, tokens) as { written: { id: string; use: 'written' } };
    expect(JSON.stringify(shown)).not.toContain('/home');
    expect(tokens.path(shown.written)).toBe('/home/amina/out/bag');
  });

  it.each([
    { place: '/etc/passwd', use: 'payload' },
    { place: '/etc/passwd', use: 'written', more: 1 },
    { place: 7, use: 'written' },
  ])('%j is no place that the office may give', (given) => {
    expect(withTokens({ given }, new FileTokens())).toEqual({ given });
  });

  it('leaves bytes as they are', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(withTokens({ bytes }, new FileTokens())).toEqual({ bytes });
  });
});
