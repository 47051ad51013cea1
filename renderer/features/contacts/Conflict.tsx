import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  Fingerprint,
  Panel,
  RadioGroup,
  Skeleton,
  StatusBadge,
  TextArea,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useCompared } from '../packages/index.ts';
import type { Contact } from './types.ts';

type Keep = 'old' | 'new';

/** Two keys for one address, side by side, and the decision which one is right. */
export function Conflict({
  contact,
  other,
}: {
  readonly contact: Contact;
  readonly other: string;
}) {
  const { t } = useTranslation('contacts');
  const go = useWindow((state) => state.go);
  const [keep, setKeep] = useState<Keep>('old');
  const [note, setNote] = useState('');
  const { value: rival, failure } = useAnswer(
    () => bridge.contacts.show({ fingerprint: other }),
    `rival-${other}`,
  );
  const settle = useAct((given: string) =>
    bridge.contacts.settle({ fingerprint: contact.fingerprint, keep, note: given }),
  );
  const run = async () => {
    const kept = await settle.run(note.trim());
    if (kept === undefined) return;
    messages.show({ tone: 'ok', text: t('settle.done') });
    go({ screen: 'contacts', fingerprint: kept.fingerprint });
  };
  if (rival === undefined)
    return failure === undefined ? <Skeleton lines={4} /> : <FailureNote failure={failure} />;
  const [old, fresh] = contact.addedAt <= rival.addedAt ? [contact, rival] : [rival, contact];
  const missing = settle.isRunning
    ? t('working')
    : note.trim() === ''
      ? t('settle.first')
      : undefined;
  return (
    <Panel title={t('settle.title')}>
      <div className="v-contacts-stack">
        <StatusBadge tone="bad">{t('stateText.conflict')}</StatusBadge>
        <p className="v-measure">{t('settle.text', { name: contact.name })}</p>
        <div className="v-contacts-two">
          <Side contact={old} title={t('settle.old')} />
          <Side contact={fresh} title={t('settle.new')} />
        </div>
        <RadioGroup
          label={t('settle.keep')}
          choices={[
            { id: 'old', label: t('settle.keepOld'), description: t('settle.keepOldHint') },
            { id: 'new', label: t('settle.keepNew'), description: t('settle.keepNewHint') },
          ]}
          value={keep}
          onChange={setKeep}
        />
        <TextArea
          label={t('settle.note')}
          description={t('settle.noteHint')}
          rows={2}
          value={note}
          onChange={setNote}
          maxLength={4000}
        />
        <FailureNote failure={settle.failure} />
        <div>
          <Button variant="primary" disabledReason={missing} onPress={() => void run()}>
            {t('settle.act')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Side({ contact, title }: { readonly contact: Contact; readonly title: string }) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const compared = useCompared();
  return (
    <section className="v-contacts-key" aria-label={title}>
      <h3>{title}</h3>
      <span className="v-caption v-muted">
        {t('settle.added', { date: formats.longDate(contact.addedAt) })}
      </span>
      <Fingerprint value={contact.fingerprint} name={contact.name} />
      <span className="v-caption">{compared(contact.verification)}</span>
    </section>
  );
}
