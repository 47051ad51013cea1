import { VaultScreen } from './features/vault/index.ts';
import { Frame, useOfficeEvents } from './features/shell/index.ts';
import { useWindow } from './store/create-store.ts';
import { messages } from './store/messages.ts';
import { MessageRegion } from './ui/index.ts';

/** The window: the vault's door while it is shut, its rooms while it is open. */
export function App() {
  useOfficeEvents();
  const vault = useWindow((state) => state.vault);
  const isHeld = useWindow((state) => state.isHeld);
  if (vault === undefined) return null;
  return (
    <>
      {vault.state === 'open' && !isHeld ? <Frame /> : <VaultScreen />}
      <MessageRegion messages={messages} />
    </>
  );
}
