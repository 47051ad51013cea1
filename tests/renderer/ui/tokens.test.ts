import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8');
const light = block(/:root \{([^}]*)\}/);
const dark = block(/:root\[data-theme='dark'\] \{([^}]*)\}/);
const system = block(/:root:not\(\[data-theme='light'\]\) \{([^}]*)\}/);

function block(pattern: RegExp): Readonly<Record<string, string>> {
  const body = pattern.exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): ([^;]+);/g)].map((found) => [found[1] ?? '', found[2] ?? '']),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('%s theme', (_name, tokens) => {
  const token = (name: string) => tokens[name] ?? '';

  it.each(['ink', 'muted', 'accent', 'seal', 'ok', 'warn', 'bad', 'info'])(
    '%s reads at 5.6:1 on paper and on surface',
    (name) => {
      expect(contrast(token(name), token('paper'))).toBeGreaterThanOrEqual(5.6);
      expect(contrast(token(name), token('surface'))).toBeGreaterThanOrEqual(5.6);
    },
  );

  it('reads on the filled buttons', () => {
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(5.6);
    expect(contrast(token('on-seal'), token('seal'))).toBeGreaterThanOrEqual(5.6);
  });

  it('draws the edge of a control at 3:1 or more', () => {
    expect(contrast(token('muted'), token('surface'))).toBeGreaterThanOrEqual(3);
  });
});

it('shows one dark theme, whether the person or the system asked for it', () => {
  expect(Object.keys(dark).length).toBeGreaterThan(10);
  expect(system).toEqual(dark);
});
