import { useCallback, useState } from 'react';
import type { Failure } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';

/** Turns to a vault that the person points at; it is locked then. */
export function useChooseVault() {
  const setVault = useWindow((state) => state.setVault);
  const [failure, setFailure] = useState<Failure>();
  const choose = useCallback(() => {
    void (async () => {
      const picked = await bridge.files.pick({ use: 'vault' });
      if (!picked.ok) {
        setFailure(picked.failure);
        return;
      }
      const [chosen] = picked.value;
      if (chosen?.token.use !== 'vault') return;
      const reply = await bridge.vault.choose({ folder: { id: chosen.token.id, use: 'vault' } });
      setFailure(reply.ok ? undefined : reply.failure);
      if (reply.ok) setVault(reply.value);
    })();
  }, [setVault]);
  return { choose, failure };
}
