import type { VaultState } from './create-store.ts';
import { useWindow } from './create-store.ts';

export type Member = Extract<VaultState, { state: 'open' }>['member'];
export type Role = Member['role'];

/** Who opened the vault; undefined while it is shut. */
export function useMember(): Member | undefined {
  return useWindow(({ vault }) => (vault?.state === 'open' ? vault.member : undefined));
}

/** What that person may; undefined while the vault is shut. */
export function useRole(): Role | undefined {
  return useMember()?.role;
}
