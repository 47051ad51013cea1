import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import type { Picked } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, CheckboxField, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ProxyField } from './ProxyField.tsx';
import { ChosenFile } from './ChosenFile.tsx';

interface Way {
  readonly proxy?: string | undefined;
  readonly hasAuthority: boolean;
}

/** How certificates are looked for and time-stamps asked for, where an agency lets little out. */
export function WayOut() {
  const { t } = useTranslation('channels');
  const { value, failure, reload } = useAnswer(() => bridge.exchange.wayOut(), 'way-out');
  return (
    <Section title={t('way.title')} description={t('way.text')}>
      <FailureNote failure={failure} />
      {value && <WayForm key={JSON.stringify(value)} way={value} onSaved={reload} />}
    </Section>
  );
}

function WayForm({ way, onSaved }: { readonly way: Way; readonly onSaved: () => void }) {
  const { t } = useTranslation('channels');
  const [proxy, setProxy] = useState(way.proxy ?? '');
  const [authority, setAuthority] = useState<Picked<'authority'>>();
  const [isKept, setKept] = useState(way.hasAuthority);
  const save = useAct((through: string) =>
    bridge.exchange.setWayOut({
      ...(through === '' ? {} : { proxy: through }),
      ...(authority === undefined ? {} : { authority }),
      keepsAuthority: isKept && authority === undefined,
    }),
  );
  const run = async () => {
    if ((await save.run(proxy.trim())) === undefined) return;
    messages.show({ tone: 'ok', text: t('way.saved') });
    onSaved();
  };
  return (
    <div className="v-channel-form">
      <ProxyField value={proxy} onChange={setProxy} />
      {way.hasAuthority && (
        <CheckboxField isSelected={isKept} onChange={setKept}>
          {t('way.keep')}
        </CheckboxField>
      )}
      <ChosenFile
        use="authority"
        icon="file"
        label={t('way.choose')}
        hint={t('way.authorityHint')}
        onChosen={setAuthority}
      />
      <FailureNote failure={save.failure} />
      <div className="v-channel-row">
        <Button
          disabledReason={save.isRunning ? t('way.saving') : undefined}
          onPress={() => void run()}
        >
          {t('way.save')}
        </Button>
      </div>
    </div>
  );
}
