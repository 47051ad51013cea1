import { useState } from 'react';
import { useWindow } from '../../store/create-store.ts';
import { CheckEvidence } from '../bundles/index.ts';
import { Door } from './Door.tsx';
import { FirstRun } from './FirstRun.tsx';
import { OpenExisting } from './OpenExisting.tsx';
import { Recover } from './Recover.tsx';
import { Refused } from './Refused.tsx';
import { Samples } from './Samples.tsx';
import { Unlock } from './Unlock.tsx';
import { Welcome } from './Welcome.tsx';

type Page = 'start' | 'new' | 'samples' | 'recover' | 'evidence';

/** The window while no vault is open: the first run, the lock, the way back in. */
export function VaultScreen() {
  const vault = useWindow((state) => state.vault);
  const [page, setPage] = useState<Page>('start');
  const toStart = () => {
    setPage('start');
  };
  if (page === 'new') return <FirstRun onBack={toStart} />;
  if (page === 'samples') return <Samples onBack={toStart} />;
  const toEvidence = () => {
    setPage('evidence');
  };
  if (page === 'evidence')
    return (
      <Door isFull onBack={toStart}>
        <CheckEvidence />
      </Door>
    );
  if (page === 'recover' && vault?.state === 'locked')
    return <Recover folder={vault.folder} onBack={toStart} />;
  switch (vault?.state) {
    case 'locked':
      return (
        <Unlock
          vault={vault}
          onForgotten={() => {
            setPage('recover');
          }}
          onNew={() => {
            setPage('new');
          }}
          onEvidence={toEvidence}
        />
      );
    case 'refused':
      return <Refused vault={vault} />;
    case 'missing':
      return (
        <Door>
          <OpenExisting missing={vault.folder} />
        </Door>
      );
    default:
      return (
        <Welcome
          onNew={() => {
            setPage('new');
          }}
          onSamples={() => {
            setPage('samples');
          }}
          onEvidence={toEvidence}
        />
      );
  }
}
