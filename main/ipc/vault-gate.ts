import { basename } from 'node:path';
import type { VaultState } from '../../preload/contract/vault.ts';
import type { FileToken } from '../../preload/contract/fields.ts';
import type { Contract } from '../../preload/contract/index.ts';
import type { Fixed, Handlers } from '../../preload/contract/kinds.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Described } from '../domain/errors/failure.ts';
import type { FileTokens } from '../shell/file-tokens.ts';
import type { OfficeHost } from '../shell/office-host.ts';
import type { LockCause, VaultCalls, VaultOpened } from '../workers/office-api.ts';
import type { Asking } from './counter.ts';
import { BorderFailure, RefusedByOffice } from './failure.ts';
import type { Publish } from './publish.ts';
import type { Works } from './works.ts';

type State = Fixed<VaultState>;
type LockReason = Extract<State, { state: 'locked' }>['reason'];

/** Codes after which a passphrase cannot help: the vault itself is the trouble. */
const VAULT_TROUBLE = /^(?:vault-newer|vault-missing|header-|database-)/;

export interface GateParts {
  readonly host: Pick<OfficeHost, 'call' | 'stop'>;
  readonly tokens: FileTokens;
  readonly works: Works;
  readonly publish: Publish;
  /** The folder of last time, kept over a restart. */
  readonly remembered: { get(): string | undefined; set(folder: string): void };
  /** Where a first vault goes when nobody says otherwise. */
  readonly usualFolder: string;
  readonly holdsVault: (folder: string) => boolean;
  /** The vault was locked: whatever the window still holds of it has to go. */
  readonly onLocked: () => void;
}

/** How long closing the vault may take before its process is ended anyway, in milliseconds. */
const PATIENCE = { suspend: 500, screen: 500, idle: 3000, asked: 3000, quit: 3000 } as const;

/**
 * The one gate to the vault: which folder it is, whether it is open, and what the window is told
 * of that. To lock is to have the office close the vault and then to end its process, so that no
 * key outlives the lock.
 */
export class VaultGate {
  private readonly parts: GateParts;
  private folder: string | undefined;
  private opened: (VaultOpened & { readonly folder: string }) | undefined;
  private trouble: Extract<State, { state: 'refused' }> | undefined;
  private reason: LockReason = 'start';
  private turn: Promise<unknown> = Promise.resolve();

  constructor(parts: GateParts) {
    this.parts = parts;
    this.folder = parts.remembered.get();
  }

  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  state(): State {
    const { folder, opened, trouble } = this;
    if (opened) return { state: 'open', ...opened };
    if (folder === undefined) return { state: 'none' };
    const name = basename(folder);
    if (trouble) return trouble;
    if (!this.parts.holdsVault(folder)) return { state: 'missing', folder: name };
    return { state: 'locked', folder: name, reason: this.reason };
  }

  /** What the window can ask of the vault. */
  handlers(): Handlers<Contract['vault'], Asking> {
    return {
      state: () => this.state(),
      choose: ({ folder }) => this.inTurn(() => this.choose(folder)),
      create: ({ folder, ...rest }) =>
        this.inTurn(async () => {
          const place = folder ? this.pathOf(folder) : this.parts.usualFolder;
          const { opened, recoveryCode } = await this.ask('create', { ...rest, folder: place });
          return { state: this.open(place, opened), recoveryCode };
        }),
      unlock: ({ passphrase }) =>
        this.inTurn(async () => {
          const folder = this.closedFolder();
          return this.open(folder, await this.ask('unlock', { folder, passphrase }));
        }),
      useRecovery: ({ code, passphrase }) =>
        this.inTurn(async () => {
          const folder = this.closedFolder();
          const given = { folder, code, passphrase };
          const { opened, recoveryCode } = await this.ask('useRecovery', given);
          return { state: this.open(folder, opened), recoveryCode };
        }),
      lock: async () => {
        await this.lock('asked');
        return this.state();
      },
      acknowledge: (input) =>
        this.inTurn(async () => this.goOn(await this.ask('acknowledge', input))),
      changePassphrase: (input) => this.ask('changePassphrase', input),
      renewRecovery: (input) => this.ask('renewRecovery', input),
    };
  }

  /**
   * Closes the vault and ends the office. Running works are stopped; they leave nothing behind.
   * A vault that is only just being opened is not waited for: its process ends at once.
   */
  async lock(reason: LockCause): Promise<void> {
    const wasOpen = this.isOpen;
    this.shut(reason);
    if (wasOpen) await this.inTurn(() => this.close(reason));
    else await this.parts.host.stop();
  }

  /** The office ended by itself: killed, crashed, out of memory. */
  officeStopped(): void {
    this.shut('crashed');
  }

  /** From here on the vault counts as locked, whatever its process still does. */
  private shut(reason: LockReason): void {
    this.parts.works.cancelAll();
    if (!this.opened) return;
    this.reason = reason;
    this.opened = undefined;
    this.parts.tokens.forget();
    this.parts.publish('vault.changed', this.state());
    this.parts.onLocked();
  }

  private async close(reason: LockCause): Promise<void> {
    const { host } = this.parts;
    await host.call('vault.lock', { reason }, { deadline: PATIENCE[reason] });
    await host.stop();
  }

  private async choose(token: FileToken): Promise<State> {
    const folder = this.pathOf(token);
    if (this.isOpen) {
      this.shut('asked');
      await this.close('asked');
    }
    this.folder = folder;
    this.trouble = undefined;
    this.reason = 'start';
    if (this.parts.holdsVault(folder)) this.parts.remembered.set(folder);
    return this.state();
  }

  private open(folder: string, opened: VaultOpened): State {
    this.folder = folder;
    this.trouble = undefined;
    this.opened = { ...opened, folder: basename(folder) };
    this.parts.remembered.set(folder);
    const state = this.state();
    this.parts.publish('vault.changed', state);
    return state;
  }

  /** The vault stays open, and is no longer read-only. */
  private goOn({ readOnly, ...opened }: VaultOpened): State {
    const folder = this.opened?.folder ?? basename(this.closedFolder());
    this.opened = { ...opened, folder, ...(readOnly === undefined ? {} : { readOnly }) };
    const state = this.state();
    this.parts.publish('vault.changed', state);
    return state;
  }

  private closedFolder(): string {
    if (this.folder === undefined)
      throw new DomainError('vault-missing', { folder: this.parts.usualFolder });
    return this.folder;
  }

  private pathOf(token: FileToken): string {
    const path = this.parts.tokens.path(token);
    if (path === undefined) throw new BorderFailure('token-unknown');
    return path;
  }

  private async ask<Name extends keyof VaultCalls>(
    name: Name,
    input: Parameters<VaultCalls[Name]>[0],
  ): Promise<Awaited<ReturnType<VaultCalls[Name]>>> {
    const reply = await this.parts.host.call(`vault.${name}`, input);
    if (reply.ok) return reply.value as Awaited<ReturnType<VaultCalls[Name]>>;
    this.noteTrouble(reply.failure);
    throw new RefusedByOffice(reply.failure);
  }

  private noteTrouble({ code, message, hint, params }: Described): void {
    if (this.isOpen || this.folder === undefined || !VAULT_TROUBLE.test(code)) return;
    this.trouble = {
      state: 'refused',
      folder: basename(this.folder),
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(params === undefined ? {} : { params }),
    };
  }

  /** Opening and closing happen one after the other. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.turn.then(act, act);
    this.turn = next.catch(() => undefined);
    return next;
  }
}
