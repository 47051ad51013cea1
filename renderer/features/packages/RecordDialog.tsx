import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { DropZone, Select, TextArea } from '../../ui/index.ts';
import { ActDialog } from './ActDialog.tsx';
import type { ActProps } from './DecisionDialogs.tsx';
import { OUTCOMES, type Outcome } from './stamps.ts';
import { tokensOf, type Token } from './tokens.ts';

type Chosen = ValueOf<Contract['files']['pick']>;

interface Evidence {
  readonly token: Token<'evidence'>;
  readonly name: string;
}

/** Writes down what a recipient without receipts let us know, with its proof. */
export function RecordDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const only = shown.recipients.length === 1 ? shown.recipients[0]?.fingerprint : undefined;
  const [recipient, setRecipient] = useState<string | null>(only ?? null);
  const [evidence, setEvidence] = useState<Evidence>();
  const [note, setNote] = useState('');
  const record = useAct((input: Parameters<typeof bridge.packages.record>[0]) =>
    bridge.packages.record(input),
  );

  const take = (chosen: Chosen) => {
    const [first] = chosen;
    const [token] = first === undefined ? [] : tokensOf([first], 'evidence');
    if (first !== undefined && token !== undefined) setEvidence({ token, name: first.name });
  };
  const drop = async (files: readonly File[]) => {
    const reply = await bridge.files.dropped(files.slice(0, 1), { use: 'evidence' });
    if (reply.ok) take(reply.value);
  };
  const pick = async () => {
    const reply = await bridge.files.pick({ use: 'evidence' });
    if (reply.ok) take(reply.value);
  };
  const missing =
    outcome === null || recipient === null
      ? t('record.sayWhat')
      : evidence === undefined
        ? t('record.needsProof')
        : note.trim() === ''
          ? t('record.sayHow')
          : undefined;
  const run = async () => {
    if (outcome === null || recipient === null || evidence === undefined) return;
    const done = await record.run({
      id: shown.id,
      outcome,
      recipient,
      evidence: evidence.token,
      note: note.trim(),
    });
    setEvidence(undefined);
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('record.done') });
    onClose();
  };

  return (
    <ActDialog
      title={t('record.title')}
      act={t('record.act')}
      acting={record}
      onAct={run}
      onClose={onClose}
      blocked={missing}
    >
      <p>{t('record.text')}</p>
      {shown.recipients.length > 1 && (
        <Select
          label={t('record.recipient')}
          choices={shown.recipients.map(({ fingerprint, name }) => ({
            id: fingerprint,
            label: name,
          }))}
          value={recipient}
          onChange={setRecipient}
        />
      )}
      <Select
        label={t('record.outcome')}
        choices={OUTCOMES.map((id) => ({ id, label: t(`state.${id}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      <DropZone
        title={
          evidence === undefined ? t('record.proof') : t('record.proofIs', { name: evidence.name })
        }
        hint={t('record.proofHint')}
        onDropped={(files) => void drop(files)}
        onPick={() => void pick()}
        isCompact
      />
      <TextArea
        label={t('record.note')}
        description={t('record.noteHint')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={4000}
      />
    </ActDialog>
  );
}
