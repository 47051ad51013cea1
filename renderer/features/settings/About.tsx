import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { KeyValue, Section } from '../../ui/index.ts';

/** What this program is, and what it runs on. */
export function About() {
  const { t } = useTranslation('settings');
  const { value } = useAnswer(() => bridge.app.info(), 'info');
  if (!value) return null;
  return (
    <Section title={t('about.title')}>
      <KeyValue
        facts={[
          { term: t('about.version'), value: value.version },
          { term: t('about.electron'), value: value.electron },
          { term: t('about.chrome'), value: value.chrome },
        ]}
      />
    </Section>
  );
}
