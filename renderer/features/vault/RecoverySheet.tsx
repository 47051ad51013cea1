import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CheckboxField, Sheet } from '../../ui/index.ts';
import { Door } from './Door.tsx';
import './vault.css';

export interface RecoverySheetProps {
  readonly code: string;
  readonly issuer?: string;
  readonly name?: string;
  /** What is done when the code is filed: to open the vault, unless said otherwise. */
  readonly done?: string;
  readonly onDone: () => void;
}

/** The recovery code at the vault's door. */
export function RecoverySheet(props: RecoverySheetProps) {
  return (
    <Door isWide>
      <RecoveryPaper {...props} />
    </Door>
  );
}

/** The recovery code, this once: a page to print and to lock away. */
export function RecoveryPaper({ code, issuer, name, done, onDone }: RecoverySheetProps) {
  const { t } = useTranslation('vault');
  const [isFiled, setFiled] = useState(false);
  const [at] = useState(() => `${new Date().toISOString().slice(0, 19)}Z`);
  const groups = code.split('-');
  return (
    <>
      <Sheet
        title={t('recovery.title')}
        at={at}
        {...(issuer === undefined ? {} : { issuer })}
        {...(name === undefined ? {} : { reference: name })}
      >
        <p>{t('recovery.what')}</p>
        <p className="v-recovery-code v-mono">
          <span className="v-hidden">{t('recovery.spoken', { code: spelled(code) })}</span>
          {groups.map((group, index) => (
            <span key={index} aria-hidden="true">
              {group}
            </span>
          ))}
        </p>
        <p>{t('recovery.keep')}</p>
      </Sheet>
      <div className="v-recovery-acts v-screen-only">
        <CheckboxField isSelected={isFiled} onChange={setFiled} description={t('recovery.once')}>
          {t('recovery.filed')}
        </CheckboxField>
        <div className="v-recovery-buttons">
          <Button
            icon="print"
            onPress={() => {
              window.print();
            }}
          >
            {t('recovery.print')}
          </Button>
          <Button
            variant="primary"
            onPress={onDone}
            disabledReason={isFiled ? undefined : t('recovery.notFiled')}
          >
            {done ?? t('recovery.done')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Letter by letter, for a screen reader. */
function spelled(code: string): string {
  return code
    .split('-')
    .map((group) => group.split('').join(' '))
    .join(', ');
}
