import { useTranslation } from 'react-i18next';
import { Panel, StatusBadge, useFormats } from '../../ui/index.ts';
import type { CaseView } from './CasesScreen.tsx';
import { DAY, leftUntil } from './deadline.ts';

/** What is due in a case and when; the time that is left counts down from one draw to the next. */
export function Deadlines({ record }: { readonly record: CaseView }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const { deadlines = [], state } = record;
  if (deadlines.length === 0) return null;
  return (
    <Panel title={t('deadlines')}>
      <ul className="v-cases-deadlines">
        {[...deadlines]
          .sort((a, b) => a.at.localeCompare(b.at))
          .map(({ name, at }) => {
            const left = leftUntil(at);
            const isOver = left < 0;
            const tone = isOver ? 'bad' : left < DAY ? 'warn' : 'info';
            return (
              <li key={`${name} ${at}`}>
                <span className="v-strong">{name}</span>
                <time dateTime={at}>{formats.exact(at)}</time>
                {state === 'open' && (
                  <StatusBadge tone={tone} icon="clock">
                    {t(isOver ? 'over' : 'left', { time: formats.duration(Math.abs(left)) })}
                  </StatusBadge>
                )}
              </li>
            );
          })}
      </ul>
    </Panel>
  );
}
