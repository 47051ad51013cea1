import { useTranslation } from 'react-i18next';
import { useLocale } from 'react-aria-components';

/** Every way in which the window writes a number or a time. */
export interface Formats {
  /** 12,345 */
  count(value: number): string;
  /** 41 % */
  percent(share: number): string;
  /** 1.79 GB; decimal units, three digits; steady figures keep their zeros (1.80 GB). */
  bytes(value: number, isSteady?: boolean): string;
  /** 412 MB/s */
  speed(bytesPerSecond: number): string;
  /** 2 min 5 sec; never more than two units, never a fraction. */
  duration(seconds: number): string;
  /** 23 Nov 2026 */
  date(day: string): string;
  /** 31 December 2026 */
  longDate(day: string): string;
  /** 13:02 */
  time(at: string): string;
  /** 23 Nov, 13:02, with the year when it is not this one: for rows. */
  moment(at: string): string;
  /** 23 November 2026 at 13:02:05 GMT+1: where the zone matters (receipts, evidence). */
  exact(at: string): string;
  /** today at 13:02, yesterday at 09:10, 23 Nov at 13:02. */
  when(at: string): string;
  /** 23 Nov, Nov 2026 or 2026: the part of the calendar that an instant is in. */
  period(at: string, unit: 'day' | 'month' | 'year'): string;
  /** A list in words: Amina, Bruno and Claire. */
  list(items: readonly string[]): string;
  /** The name of a country by its two letters, or the letters. */
  country(code: string): string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const DAY_MS = 86_400_000;

/** The formats of one locale and time zone (the reader's when not given). `now` is for tests. */
export function createFormats(
  locale: string,
  timeZone?: string,
  now: () => Date = () => new Date(),
): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...zone, ...options }));
  const numbers = (options: Intl.NumberFormatOptions) =>
    once(() => new Intl.NumberFormat(locale, options));
  const units = new Map<string, () => Intl.NumberFormat>();
  const unit = (value: number, name: string, digits = 0, isSteady = false) => {
    const key = `${name} ${String(digits)} ${String(isSteady)}`;
    const made =
      units.get(key) ??
      numbers({
        style: 'unit',
        unit: name,
        // Short, a byte has no plural: “41 byte”.
        unitDisplay: name === 'byte' ? 'long' : 'short',
        maximumFractionDigits: digits,
        minimumFractionDigits: isSteady ? digits : 0,
      });
    units.set(key, made);
    return made().format(value);
  };
  const number = numbers({});
  const share = numbers({ style: 'percent', maximumFractionDigits: 1 });
  const clock = dates({ hour: '2-digit', minute: '2-digit' });
  const sameYear = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const otherYear = dates({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const exact = dates({
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  const shortDay = dates({ day: 'numeric', month: 'short' });
  const mediumDay = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const year = dates({ year: 'numeric' });
  const periods = { day: shortDay, month: dates({ month: 'short', year: 'numeric' }), year };
  // A calendar date has no zone: it is read and written in UTC, so that no reader sees the day before.
  const civil = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  const civilShort = civil({ day: 'numeric', month: 'short', year: 'numeric' });
  const civilLong = civil({ day: 'numeric', month: 'long', year: 'numeric' });
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const dayNumber = dates({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const names = once(() => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));

  const scaled = (value: number, suffix = '', isSteady = false) => {
    const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), BYTE_UNITS.length - 1);
    const figure = value / 1000 ** step;
    const digits = step === 0 || figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
    return unit(figure, `${BYTE_UNITS[step] ?? 'byte'}${suffix}`, digits, isSteady);
  };
  const daysAgo = (at: Date) => {
    const start = (date: Date) => {
      const parts = Object.fromEntries(
        dayNumber()
          .formatToParts(date)
          .map((part) => [part.type, Number(part.value)]),
      );
      return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1);
    };
    return Math.round((start(at) - start(now())) / DAY_MS);
  };
  const isThisYear = (at: Date) => year().format(at) === year().format(now());

  return {
    count: (value) => number().format(value),
    percent: (value) => share().format(value),
    bytes: (value, isSteady = false) => scaled(value, '', isSteady),
    speed: (value) => scaled(value, '-per-second'),
    duration: (seconds) =>
      durationParts(seconds)
        .map(([n, name]) => unit(n, name))
        .join(' '),
    date: (day) => civilShort().format(civilDate(day)),
    longDate: (day) => civilLong().format(civilDate(day)),
    time: (at) => clock().format(new Date(at)),
    moment: (at) => {
      const date = new Date(at);
      return (isThisYear(date) ? sameYear : otherYear)().format(date);
    },
    exact: (at) => exact().format(new Date(at)),
    when: (at) => {
      const date = new Date(at);
      const days = daysAgo(date);
      if (days === 0 || days === -1) {
        return joinDayAndTime(locale, relative().format(days, 'day'), clock().format(date));
      }
      return joinDayAndTime(
        locale,
        (isThisYear(date) ? shortDay : mediumDay)().format(date),
        clock().format(date),
      );
    },
    period: (at, unitOf) => periods[unitOf]().format(new Date(at)),
    list: (items) => lists().format(items),
    country: (code) => names().of(code) ?? code,
  };
}

/** Made when it is asked for, and kept: a format takes milliseconds to make and none to use. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function civilDate(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

/** A day and a time, in the order and with the sign that the locale puts between them. */
function joinDayAndTime(locale: string, day: string, time: string): string {
  const pattern = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).formatToParts(new Date(Date.UTC(2026, 0, 1, 12)));
  const hour = pattern.findIndex((part) => part.type === 'hour' || part.type === 'dayPeriod');
  const dayFirst = hour > pattern.findIndex((part) => part.type === 'day');
  const between = pattern[hour - 1]?.type === 'literal' ? pattern[hour - 1]?.value : ' ';
  return dayFirst ? `${day}${between ?? ' '}${time}` : `${time} ${day}`;
}

type DurationPart = readonly [number, 'second' | 'minute' | 'hour' | 'day'];

function durationParts(seconds: number): readonly DurationPart[] {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return [[whole, 'second']];
  if (whole < 600) return pair(Math.floor(whole / 60), 'minute', whole % 60, 'second');
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return [[minutes, 'minute']];
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'hour', minutes % 60, 'minute');
  const hours = Math.ceil(minutes / 60);
  return pair(Math.floor(hours / 24), 'day', hours % 24, 'hour');
}

function pair(
  large: number,
  largeUnit: DurationPart[1],
  small: number,
  smallUnit: DurationPart[1],
): readonly DurationPart[] {
  return small === 0
    ? [[large, largeUnit]]
    : [
        [large, largeUnit],
        [small, smallUnit],
      ];
}

/** The formats of the window's locale (React Aria's, set once by the application's I18nProvider). */
export function useFormats(): Formats {
  const { locale } = useLocale();
  return formatsOf(locale);
}

const known = new Map<string, Formats>();

/** One set of formats for the whole window, made anew when the reader's clock changes its zone. */
function formatsOf(locale: string): Formats {
  const key = `${locale} ${String(new Date().getTimezoneOffset())}`;
  const formats = known.get(key) ?? createFormats(locale);
  known.set(key, formats);
  return formats;
}

/** The catalogue of the primitives. */
export function useTexts() {
  return useTranslation('ui').t;
}
