import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ValiseMark } from '../../ui/index.ts';
import './vault.css';

export interface DoorProps {
  readonly children: ReactNode;
  readonly onBack?: () => void;
  readonly isWide?: boolean;
  /** For pages with tables: as wide as they need. */
  readonly isFull?: boolean;
}

/** The page in front of every vault: the mark, one thing to do, nothing of what is inside. */
export function Door({ children, onBack, isWide = false, isFull = false }: DoorProps) {
  const { t } = useTranslation('vault');
  return (
    <main className="v-door" data-wide={isWide || undefined} data-full={isFull || undefined}>
      <header className="v-door-brand v-screen-only">
        <ValiseMark size={32} />
        <span>{t('brand')}</span>
        {onBack && (
          <span className="v-door-back">
            <Button variant="quiet" icon="back" onPress={onBack}>
              {t('back')}
            </Button>
          </span>
        )}
      </header>
      {children}
    </main>
  );
}
