import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '../../../renderer');
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css'))
  .map((path) => ({
    path,
    css: readFileSync(join(renderer, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
  }));

function lines(pattern: RegExp, except: (path: string) => boolean = () => false): string[] {
  return sheets
    .filter(({ path }) => !except(path))
    .flatMap(({ path, css }) =>
      css
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
}

describe('style sheets', () => {
  it('are all read', () => {
    expect(sheets.length).toBeGreaterThan(30);
  });

  it('speak of start and end, never of left and right', () => {
    expect(
      lines(
        /^\s*((margin|padding|border)-(left|right)\b|(left|right)\s*:|(text-align|float)\s*:\s*(left|right))/,
      ),
    ).toEqual([]);
  });

  it('give no side its own measure in a shorthand that cannot turn round', () => {
    const four = /^\s*(margin|padding|inset)\s*:\s*(\S+) (\S+) (\S+) (\S+);/;
    const uneven = lines(four).filter((line) => {
      const [, , , end, , start] = four.exec(line.replace(/^[^:]+: /, '')) ?? [];
      return end !== start;
    });
    expect(uneven).toEqual([]);
  });

  it('take every colour of the window from the tokens', () => {
    const literal = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i;
    const onScreen = (path: string) => /styles[\\/](tokens|print|fonts)\.css$/.test(path);
    const found = lines(literal, onScreen).filter((line) => !line.includes('#8a8f9c'));
    expect(found).toEqual([]);
  });

  it('use nothing that the oldest runtime, Chromium 114, does not know', () => {
    expect(
      lines(/light-dark\(|:dir\(|@starting-style|field-sizing|subgrid|scrollbar-color/),
    ).toEqual([]);
    for (const { path, css } of sheets) {
      expect(/\{[^{}]*&/.test(css), `${path} nests rules`).toBe(false);
    }
  });

  it('name no mixed colour inside a border or an outline, which Chromium 114 drops', () => {
    expect(lines(/^\s*(border|outline)(-(block|inline)(-(start|end))?)?:.*color-mix/)).toEqual([]);
  });

  it('load nothing from anywhere', () => {
    expect(lines(/https?:|data:/)).toEqual([]);
  });
});
