import type { Contract } from '../../preload/contract/index.ts';
import type { FileUse } from '../../preload/contract/fields.ts';
import type { Event, InputOf, OutputOf, Page } from '../../preload/contract/kinds.ts';
import type { CallContext } from './rpc.ts';

/**
 * What main asks the office: the contract's own calls, with places instead of tokens, and the
 * vault's, which main drives because it knows the folder.
 */

/** A path that main looked up for a token, or that it is to make a token for. */
export interface Place<U extends FileUse = FileUse> {
  readonly place: string;
  readonly use: U;
}

/** A value of the contract as it travels between main and the office. */
export type Wire<T> = T extends { readonly id: string; readonly use: infer U extends FileUse }
  ? Place<U>
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Wire<T[Key]> }
      : T;

/** The areas that the office answers; the others belong to main. */
export type OfficeArea = Exclude<keyof Contract, 'app' | 'files' | 'vault' | 'work'>;

/** The office's answers for one page. */
export type Answers<P extends Page> = {
  readonly [Name in keyof P & string as P[Name] extends Event ? never : Name]: (
    input: Wire<InputOf<P[Name]>>,
    context: CallContext,
  ) => Wire<OutputOf<P[Name]>> | Promise<Wire<OutputOf<P[Name]>>>;
};

export type VaultOpened = Omit<
  Extract<OutputOf<Contract['vault']['unlock']>, { state: 'open' }>,
  'state' | 'folder'
>;
type Asked<Name extends keyof Contract['vault']> = InputOf<Contract['vault'][Name]>;
type At<T> = Omit<T, 'folder'> & { readonly folder: string };

/** Calls about the vault itself, with its folder as a path. */
export interface VaultCalls {
  create(input: At<Asked<'create'>>): Promise<{ opened: VaultOpened; recoveryCode: string }>;
  unlock(input: At<Asked<'unlock'>>): Promise<VaultOpened>;
  useRecovery(
    input: At<Asked<'useRecovery'>>,
  ): Promise<{ opened: VaultOpened; recoveryCode: string }>;
  acknowledge(input: Asked<'acknowledge'>): Promise<VaultOpened>;
  lock(input: { reason: LockCause }): Promise<Record<string, never>>;
  changePassphrase(input: Asked<'changePassphrase'>): Promise<Record<string, never>>;
  renewRecovery(input: Asked<'renewRecovery'>): Promise<{ recoveryCode: string }>;
}

/** What the office hands to main to be laid out on paper, and what it writes down then. */
export interface PageText {
  readonly html: string;
}
export interface PrintedPage {
  readonly id: string;
  readonly out: Place<'save'>;
}
export interface PrintCalls {
  text(input: Pick<PrintedPage, 'id'>): PageText;
  keep(
    input: Pick<PrintedPage, 'out'> & { readonly pdf: Uint8Array },
  ): Promise<Wire<OutputOf<Contract['packages']['page']>>>;
}

/** Why a vault is locked, as the ledger has it. */
export type LockCause = 'asked' | 'idle' | 'suspend' | 'screen' | 'quit';
