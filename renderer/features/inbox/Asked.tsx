import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Banner, Button, Fingerprint, Panel, RadioGroup, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ManifestFacts, ReasonFields } from '../packages/index.ts';
import type { Request } from './types.ts';

type Word = 'agree' | 'refuse';

/** What another office asks this member to agree to, and the signed answer. */
export function Asked({
  request: { file, asked },
  onClose,
}: {
  readonly request: Request;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('inbox');
  const formats = useFormats();
  const [word, setWord] = useState<Word>();
  const [reason, setReason] = useState<string>();
  const [note, setNote] = useState('');
  const { manifest, manifestDigest, askedBy } = asked;
  const answering = useAct(async () => {
    const picked = await pickNew('approval-answer.pgp');
    if (!picked.ok) return picked;
    return bridge.approvals.answer({
      ...{ file, manifestDigest, out: picked.value },
      ...(word === 'refuse' && reason !== undefined
        ? { refusal: { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) } }
        : {}),
    });
  });
  const run = async () => {
    const done = await answering.run(undefined);
    if (done === undefined) return;
    const { name } = done;
    tellWritten(t('asked.done', { name, asker: askedBy.name }), done.written, t('asked.reveal'));
    onClose();
  };
  const missing =
    word === undefined
      ? t('asked.chooseFirst')
      : word === 'refuse' && reason === undefined
        ? t('asked.reasonFirst')
        : undefined;
  return (
    <Panel title={t('asked.title', { name: askedBy.name })}>
      <div className="v-inbox-detail">
        <header className="v-inbox-head">
          <span className="v-caption v-muted">
            {t('asked.eyebrow', { when: formats.exact(asked.at) })}
          </span>
          <span className="v-muted">
            {t('asked.from', { organisation: manifest.sender.organisation })}
          </span>
          <Fingerprint value={askedBy.fingerprint} name={askedBy.name} />
        </header>
        {asked.warnings.length > 0 && (
          <Banner tone="warn" title={t('asked.unverified', { name: askedBy.name })} />
        )}
        <p className="v-measure">{t('asked.text', { name: askedBy.name })}</p>
        <ManifestFacts
          manifest={manifest}
          bytes={manifest.files.reduce((sum, { size }) => sum + size, 0)}
          contents={[]}
        />
        <RadioGroup
          label={t('asked.answer')}
          choices={[
            { id: 'agree', label: t('asked.say.agree') },
            { id: 'refuse', label: t('asked.say.refuse') },
          ]}
          value={word ?? null}
          onChange={setWord}
        />
        {word === 'refuse' && (
          <ReasonFields
            reason={reason}
            onReason={setReason}
            note={{ value: note, onChange: setNote }}
          />
        )}
        <FailureNote failure={answering.failure} />
        <div className="v-inbox-row">
          <Button
            variant="primary"
            disabledReason={answering.isRunning ? t('asked.working') : missing}
            onPress={() => void run()}
          >
            {t('asked.act')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('asked.leave')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
