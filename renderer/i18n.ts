import i18next from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './locales/en/index.ts';
import { pseudoCatalogue } from './locales/pseudo.ts';

/** A language of the window. `qps` is the pseudo-language of tests: longer, accented, bracketed. */
export type Language = 'en' | 'qps';

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** The side a language is read from. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/**
 * The locale for dates and numbers: the reader's own among `preferred` (navigator.languages) that
 * speaks the language of the window, so that an English text does not bring American dates to
 * everybody; for English with no preference, `en-GB`.
 */
export function formatLocale(language: string, preferred: readonly string[]): string {
  const spoken = language === 'qps' ? 'en' : language;
  const own = preferred.find((locale) => locale === spoken || locale.startsWith(`${spoken}-`));
  if (own !== undefined && own !== 'en') return own;
  return spoken === 'en' ? 'en-GB' : spoken;
}

/** Starts the catalogue. Call once, before the first render. */
export function startI18n(language: Language = 'en'): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'ui',
    ns: Object.keys(en),
    resources: { en, qps: language === 'qps' ? pseudoCatalogue(en) : {} },
    initAsync: false,
    returnNull: false,
    interpolation: { escapeValue: false },
  });
  const locale = formatLocale(language, preferredLocales());
  instance.services.formatter?.add('number', (value: number) =>
    new Intl.NumberFormat(locale).format(value),
  );
  return instance;
}

/** Tells the page its language and the side it is read from. */
export function applyLanguage(root: HTMLElement, language: string, direction?: 'ltr' | 'rtl') {
  root.lang = language === 'qps' ? 'en' : language;
  root.dir = direction ?? directionOf(language);
}

/** What the reader's system asks for; empty outside a window. */
export function preferredLocales(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages;
}
