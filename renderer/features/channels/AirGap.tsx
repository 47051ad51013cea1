import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { CheckboxField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

/** One switch: while it is on, this vault uses no network. */
export function AirGap() {
  const { t } = useTranslation('channels');
  const { value, failure, reload } = useAnswer(() => bridge.exchange.airGap(), 'air-gap');
  const turn = useAct((isOn: boolean) => bridge.exchange.setAirGap({ isOn }));
  return (
    <>
      <FailureNote failure={failure ?? turn.failure} />
      <CheckboxField
        isSelected={value?.isOn ?? false}
        isDisabled={value === undefined || turn.isRunning}
        description={t('gap.hint')}
        onChange={(isOn) => {
          void turn.run(isOn).then(reload);
        }}
      >
        {t('gap.label')}
      </CheckboxField>
    </>
  );
}
