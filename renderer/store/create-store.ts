import { create } from 'zustand';
import type { InputOf, PayloadOf, ValueOf } from '../../preload/contract/kinds.ts';
import type { Contract } from '../../preload/contract/index.ts';
import { homeOf, type Route } from '../routes.ts';

export type VaultState = PayloadOf<Contract['vault']['changed']>;
export type LedgerStatus = ValueOf<Contract['ledger']['status']>;

/** A verification that is under way, for the chip and the bar. */
export interface Verifying {
  readonly done: number;
  readonly total: number;
}

/** A sample as it was drawn; `asked` draws it again. */
export interface SampleOnGlass {
  readonly asked: InputOf<Contract['audit']['sample']>;
  readonly drawn: ValueOf<Contract['audit']['sample']>;
  /** Entries that were looked at without a finding. */
  readonly looked: ReadonlySet<number>;
}

/**
 * What is on the glass, and nothing else: no secret, no truth. The truth is in the office; events
 * refresh the glass, and a lock forgets all of it.
 */
export interface WindowState {
  /** What an auditor drew last, and which of it they have looked at. */
  readonly sample: SampleOnGlass | undefined;
  /** Undefined until the office has answered for the first time. */
  readonly vault: VaultState | undefined;
  readonly route: Route;
  /** Places that were left, for going back. */
  readonly trail: readonly Route[];
  readonly ledger: LedgerStatus | undefined;
  readonly verifying: Verifying | undefined;
  /** Grows with everything that is appended: lists load again when it changes. */
  readonly version: number;
  readonly isPaletteOpen: boolean;
  /** The door stays although the vault is open: a recovery code is on the glass, this once. */
  readonly isHeld: boolean;
  go(route: Route): void;
  setSample(sample: SampleOnGlass | undefined): void;
  back(): void;
  setVault(vault: VaultState): void;
  setLedger(ledger: LedgerStatus): void;
  setVerifying(verifying: Verifying | undefined): void;
  changed(): void;
  setPaletteOpen(isOpen: boolean): void;
  hold(isHeld: boolean): void;
}

const initial = {
  route: { screen: 'overview' },
  trail: [],
  ledger: undefined,
  verifying: undefined,
  sample: undefined,
  version: 0,
  isPaletteOpen: false,
} as const satisfies Partial<WindowState>;

export const useWindow = create<WindowState>()((set) => ({
  ...initial,
  vault: undefined,
  isHeld: false,
  hold: (isHeld) => {
    set({ isHeld });
  },
  go: (route) => {
    set((state) => ({ route, trail: [...state.trail.slice(-20), state.route] }));
  },
  back: () => {
    set((state) => ({
      route: state.trail.at(-1) ?? homeIn(state.vault),
      trail: state.trail.slice(0, -1),
    }));
  },
  setVault: (vault) => {
    set((state) =>
      vault.state === 'open' && state.vault?.state === 'open'
        ? { vault }
        : { ...initial, route: homeIn(vault), vault },
    );
  },
  setLedger: (ledger) => {
    set({ ledger });
  },
  setVerifying: (verifying) => {
    set({ verifying });
  },
  setSample: (sample) => {
    set({ sample });
  },
  changed: () => {
    set((state) => ({ version: state.version + 1 }));
  },
  setPaletteOpen: (isPaletteOpen) => {
    set({ isPaletteOpen });
  },
}));

function homeIn(vault: VaultState | undefined): Route {
  return homeOf(vault?.state === 'open' ? vault.member.role : 'officer');
}
