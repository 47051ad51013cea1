import { useEffect } from 'react';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';

/** Listens to the office: the vault's state, and every entry that is appended. */
export function useOfficeEvents(): void {
  useEffect(() => {
    const { setVault, setLedger, changed } = useWindow.getState();
    const askLedger = async () => {
      const reply = await bridge.ledger.status();
      if (reply.ok) setLedger(reply.value);
    };
    const forgetVault = bridge.vault.onChanged((vault) => {
      if (vault.state !== 'open') messages.clear();
      setVault(vault);
      if (vault.state === 'open') void askLedger();
    });
    const forgetLedger = bridge.ledger.onAppended(() => {
      changed();
      void askLedger();
    });
    void bridge.vault.state().then((reply) => {
      if (!reply.ok) return;
      setVault(reply.value);
      if (reply.value.state === 'open') void askLedger();
    });
    return () => {
      forgetVault();
      forgetLedger();
    };
  }, []);
}
