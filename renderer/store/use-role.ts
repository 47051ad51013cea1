import type { VaultState } from './create-store.ts';
import { useWindow } from './create-store.ts';

export type Role = Extract<VaultState, { state: 'open' }>['member']['role'];

/** What the person at the window is in the open vault; undefined while none is open. */
export function useRole(): Role | undefined {
  return useWindow(({ vault }) => (vault?.state === 'open' ? vault.member.role : undefined));
}
