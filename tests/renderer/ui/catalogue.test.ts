import { describe, expect, it } from 'vitest';
import { directionOf, formatLocale, startI18n } from '../../../renderer/i18n.ts';
import { en } from '../../../renderer/locales/en/index.ts';
import { pseudoCatalogue, pseudoText } from '../../../renderer/locales/pseudo.ts';
import type { Texts } from '../../../renderer/locales/pseudo.ts';

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  );
}

const TEXTS = flat(en);

describe('the English catalogue', () => {
  it('has a text for each key', () => {
    expect(TEXTS.length).toBeGreaterThan(50);
    expect(TEXTS.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('has both numbers of each plural', () => {
    const keys = new Set(TEXTS.map(([key]) => key));
    const halves = [...keys].filter(
      (key) =>
        (key.endsWith('_one') && !keys.has(key.replace(/_one$/, '_other'))) ||
        (key.endsWith('_other') && !keys.has(key.replace(/_other$/, '_one'))),
    );
    expect(halves).toEqual([]);
  });

  it('keeps to the words of the house', () => {
    const wrong = TEXTS.filter(([, text]) => /\bplease\b|successful|!|\boops\b/i.test(text));
    expect(wrong).toEqual([]);
  });
});

describe('the pseudo-language', () => {
  it('lengthens, brackets and accents, and keeps what the program fills in', () => {
    expect(pseudoText('{{done}} of {{total}}')).toMatch(/^\[\{\{done\}\} öf \{\{total\}\} ~+\]$/);
    expect(pseudoText('Signed by <b>you</b>')).toContain('<b>ýöü</b>');
    const words = (text: string) => text.replace(/\{\{.*?\}\}/g, '').length;
    for (const [, text] of TEXTS) {
      expect(words(pseudoText(text))).toBeGreaterThanOrEqual(words(text) * 1.3);
    }
  });

  it('has every key of the catalogue', () => {
    expect(flat(pseudoCatalogue(en)).map(([key]) => key)).toEqual(TEXTS.map(([key]) => key));
  });
});

describe('starting the catalogue', () => {
  it('fills in, counts and groups', () => {
    const { t } = startI18n('en');
    expect(t('work.entries', { done: 412000, count: 1000000 })).toBe(
      '412,000 of 1,000,000 entries',
    );
    expect(t('work.files', { done: 1, count: 1 })).toBe('1 of 1 file');
    expect(startI18n('qps').t('shell.lock')).toBe('[Löçk ~~]');
  });

  it('knows which side a language is read from', () => {
    expect(directionOf('ar-EG')).toBe('rtl');
    expect(directionOf('en-GB')).toBe('ltr');
  });

  it('writes dates the way of the reader, in the language of the window', () => {
    expect(formatLocale('en', ['fr-SN', 'en-ZA'])).toBe('en-ZA');
    expect(formatLocale('en', ['fr-SN', 'en'])).toBe('en-GB');
    expect(formatLocale('fr', ['fr-SN'])).toBe('fr-SN');
    expect(formatLocale('qps', [])).toBe('en-GB');
  });
});
