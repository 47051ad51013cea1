import type { z } from 'zod';

/**
 * The kinds of calls that cross the border between the window and the rest, and the types that
 * follow from them. A page of the contract lists its calls once; the handlers in main, the
 * bridge's surface, the window's API and the double for tests are all derived from it.
 *
 * The rules are:
 * - inputs are closed and bounded: whatever the schema does not name is refused;
 * - outputs are cut to their schema: whatever it does not name stays in main;
 * - both are bounds, not judgement: the domain judges, and says so in its own sentences.
 */

/** A question with an answer. */
export interface Invoke<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'invoke';
  readonly input: I;
  readonly output: O;
}

/** The same, but long: it reports how far it is and can be cancelled by its work's id. */
export interface Work<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'work';
  readonly input: I;
  readonly output: O;
}

/**
 * Files that were dropped on the window. The window hands over the browser's own file objects;
 * the preload alone learns their paths, and the answer holds tokens.
 */
export interface Dropped<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'dropped';
  /** What the preload sends: paths are in it, so the window never sees this form. */
  readonly input: I;
  readonly output: O;
}

/** Something that happened, told to the window. */
export interface Event<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly payload: P;
}

export type Entry = Invoke | Work | Dropped | Event;
export type Page = Readonly<Record<string, Entry>>;

export function invoke<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): Invoke<I, O> {
  return { kind: 'invoke', input, output };
}

export function work<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Work<I, O> {
  return { kind: 'work', input, output };
}

export function dropped<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): Dropped<I, O> {
  return { kind: 'dropped', input, output };
}

export function event<P extends z.ZodType>(payload: P): Event<P> {
  return { kind: 'event', payload };
}

/** An expected failure, or a bug: then `code` is `unexpected` and `incident` finds it in the diagnostics. */
export interface Failure {
  readonly code: string;
  /** What happened and what was kept. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  /** For the window's own wording of `code`: no secrets, no payload, no paths. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly incident?: string;
}

/** Electron keeps only the message of an error that crosses; so nothing is thrown across. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A value that nobody changes on its way. */
export type Fixed<T> = T extends (infer Item)[]
  ? readonly Fixed<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fixed<T[Key]> }
    : T;

/** What a handler gets. */
export type InputOf<E> = E extends { readonly input: infer I extends z.ZodType }
  ? Fixed<z.output<I>>
  : never;

/** What a handler answers, before it is cut to the schema. */
export type OutputOf<E> = E extends { readonly output: infer O extends z.ZodType }
  ? Fixed<z.input<O>>
  : never;

/** What the window gets to see. */
export type ValueOf<E> = E extends { readonly output: infer O extends z.ZodType }
  ? Fixed<z.output<O>>
  : never;

export type PayloadOf<E> = E extends { readonly payload: infer P extends z.ZodType }
  ? Fixed<z.output<P>>
  : never;

type Asked<E> = E extends { readonly input: infer I extends z.ZodType } ? Fixed<z.input<I>> : never;

/** No parameter where there is nothing to say. */
type Parameters<T> = [T] extends [undefined] ? [] : [input: T];

/** A file object of the browser, as far as the contract knows it. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

type CallNames<P extends Page> = {
  [Name in keyof P & string]: P[Name] extends Event ? never : Name;
}[keyof P & string];

type EventNames<P extends Page> = {
  [Name in keyof P & string]: P[Name] extends Event ? Name : never;
}[keyof P & string];

/** One function for each call of a page: what main has to provide. */
export type Handlers<P extends Page, Context = undefined> = {
  readonly [Name in CallNames<P>]: (
    input: InputOf<P[Name]>,
    context: Context,
  ) => OutputOf<P[Name]> | Promise<OutputOf<P[Name]>>;
};

type Call<E> =
  E extends Work<z.ZodType, infer O>
    ? (input: Asked<E>, work: string) => Promise<Reply<Fixed<z.output<O>>>>
    : E extends Dropped<infer I, infer O>
      ? (
          files: readonly DroppedFile[],
          rest: Fixed<Omit<z.input<I> & object, 'paths'>>,
        ) => Promise<Reply<Fixed<z.output<O>>>>
      : E extends Invoke<z.ZodType, infer O>
        ? (...args: Parameters<Asked<E>>) => Promise<Reply<Fixed<z.output<O>>>>
        : never;

/** One page as `window.valise` shows it. A listener is taken off by the function it was answered with. */
export type Api<P extends Page> = {
  readonly [Name in CallNames<P>]: Call<P[Name]>;
} & {
  readonly [Name in EventNames<P> as `on${Capitalize<Name>}`]: (
    listener: (payload: PayloadOf<P[Name]>) => void,
  ) => () => void;
};

export type Pages = Readonly<Record<string, Page>>;

/** `area.name` of every event. */
export type EventName<C extends Pages> = {
  [Area in keyof C & string]: `${Area}.${EventNames<C[Area]>}`;
}[keyof C & string];

/** The call or event of that name. */
export type EntryOf<
  C extends Pages,
  Name extends string,
> = Name extends `${infer Area}.${infer Verb}`
  ? Area extends keyof C
    ? Verb extends keyof C[Area]
      ? C[Area][Verb]
      : never
    : never
  : never;

/** The names alone, with their kinds: all that the preload ships. */
export type Surface<C extends Pages> = {
  readonly [Area in keyof C]: { readonly [Name in keyof C[Area]]: C[Area][Name]['kind'] };
};

/** The whole bridge, as the window sees it. */
export type BridgeOf<C extends Pages> = { readonly [Area in keyof C]: Api<C[Area]> };
