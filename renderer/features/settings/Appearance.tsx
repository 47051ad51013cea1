import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { applyTheme, type Theme } from '../../theme.ts';
import { NumberField, RadioGroup, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

/** How the window looks, and when it locks by itself. Kept on this machine, outside the vault. */
export function Appearance() {
  const { t } = useTranslation('settings');
  const { value, failure, reload } = useAnswer(() => bridge.app.preferences(), 'preferences');
  const set = useAct((change: { theme?: Theme; autoLockMinutes?: number }) =>
    bridge.app.setPreferences(change),
  );
  return (
    <Section title={t('window.title')} description={t('window.text')}>
      <FailureNote failure={failure ?? set.failure} />
      {value && (
        <div className="v-settings-form">
          <RadioGroup<Theme>
            label={t('window.theme')}
            isHorizontal
            choices={[
              { id: 'system', label: t('window.system') },
              { id: 'light', label: t('window.light') },
              { id: 'dark', label: t('window.dark') },
            ]}
            value={value.theme}
            onChange={(theme) => {
              applyTheme(theme);
              void set.run({ theme }).then(reload);
            }}
          />
          <NumberField
            label={t('window.autoLock')}
            description={t('window.autoLockHint')}
            value={value.autoLockMinutes}
            onChange={(minutes) => {
              if (minutes === null) return;
              void set.run({ autoLockMinutes: Math.min(240, Math.max(1, minutes)) }).then(reload);
            }}
          />
        </div>
      )}
    </Section>
  );
}
