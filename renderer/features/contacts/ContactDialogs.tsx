import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, RadioGroup, TextArea } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Contact } from './types.ts';

export interface ContactDialogProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

const METHODS = ['phone', 'video', 'in-person', 'letter', 'official-list', 'other'] as const;
type Method = (typeof METHODS)[number];

/** They match: how it was compared goes on record. */
export function MatchDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { name, fingerprint } = contact;
  const [method, setMethod] = useState<Method | null>(null);
  const [note, setNote] = useState('');
  const record = useAct((chosen: Method) =>
    bridge.contacts.verify({
      fingerprint,
      method: chosen,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    }),
  );
  const run = async () => {
    if (method === null) return;
    const done = await record.run(method);
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('match.done', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('match.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('notNow')}
          </Button>
          <Button
            variant="primary"
            disabledReason={
              record.isRunning ? t('working') : method === null ? t('match.first') : undefined
            }
            onPress={() => void run()}
          >
            {t('match.act')}
          </Button>
        </>
      }
    >
      <div className="v-contacts-stack">
        <p>{t('match.text', { name })}</p>
        <RadioGroup
          label={t('match.how')}
          choices={METHODS.map((id) => ({ id, label: t(`method.${id}`) }))}
          value={method}
          onChange={setMethod}
        />
        <TextArea
          label={t('match.note')}
          description={t('match.noteHint')}
          isOptional
          rows={2}
          value={note}
          onChange={setNote}
          maxLength={2000}
        />
        <FailureNote failure={record.failure} />
      </div>
    </Dialog>
  );
}

/** They do not match: what that means, and the way to block the key at once. */
export function MismatchDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { name, fingerprint } = contact;
  return (
    <ReasonDialog
      title={t('mismatch.title')}
      texts={[t('mismatch.text', { name }), t('mismatch.ask', { name })]}
      firstReason={t('mismatch.reason')}
      act={t('mismatch.act')}
      later={t('mismatch.later')}
      missing={t('block.first')}
      label={t('block.reason')}
      done={t('block.done', { name })}
      isDangerous
      run={(reason) => bridge.contacts.block({ fingerprint, reason })}
      onClose={onClose}
    />
  );
}

export function BlockDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { name, fingerprint } = contact;
  return (
    <ReasonDialog
      title={t('block.title', { name })}
      texts={[t('block.text')]}
      act={t('block.act')}
      later={t('notNow')}
      missing={t('block.first')}
      label={t('block.reason')}
      done={t('block.done', { name })}
      isDangerous
      run={(reason) => bridge.contacts.block({ fingerprint, reason })}
      onClose={onClose}
    />
  );
}

/** A recorded exception for a key that nobody could compare. */
export function ExceptDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { name, fingerprint } = contact;
  return (
    <ReasonDialog
      title={t('except.title', { name })}
      texts={[t('except.text')]}
      act={t('except.confirm')}
      later={t('notNow')}
      missing={t('except.first')}
      label={t('except.reason')}
      done={t('except.done', { name })}
      run={(reason) => bridge.contacts.except({ fingerprint, reason })}
      onClose={onClose}
    />
  );
}

/** What an officer makes of a ledger that is not what was seen of it. */
export function AcknowledgeDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { name, fingerprint } = contact;
  return (
    <ReasonDialog
      title={t('alarm.acknowledge')}
      texts={[t('alarm.means', { name }), t('alarm.ask', { name })]}
      act={t('alarm.confirm')}
      later={t('notNow')}
      missing={t('alarm.first')}
      label={t('alarm.reason')}
      done={t('alarm.done', { name })}
      run={(reason) => bridge.contacts.acknowledge({ fingerprint, reason })}
      onClose={onClose}
    />
  );
}

/** An act that needs its reason in words. */
function ReasonDialog({
  title,
  texts,
  firstReason = '',
  act,
  later,
  missing,
  label,
  done,
  isDangerous = false,
  run,
  onClose,
}: {
  readonly title: string;
  readonly texts: readonly string[];
  /** What the field holds at first. */
  readonly firstReason?: string;
  readonly act: string;
  readonly later: string;
  /** Said while there is no reason. */
  readonly missing: string;
  readonly label: string;
  readonly done: string;
  readonly isDangerous?: boolean;
  readonly run: (reason: string) => Promise<Reply<Contact>>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('contacts');
  const [reason, setReason] = useState(firstReason);
  const acting = useAct((given: string) => run(given));
  const confirm = async () => {
    const contact = await acting.run(reason.trim());
    if (contact === undefined) return;
    messages.show({ tone: 'ok', text: done });
    onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {later}
          </Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            disabledReason={
              acting.isRunning ? t('working') : reason.trim() === '' ? missing : undefined
            }
            onPress={() => void confirm()}
          >
            {act}
          </Button>
        </>
      }
    >
      <div className="v-contacts-stack">
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <TextArea
          label={label}
          rows={3}
          value={reason}
          onChange={setReason}
          maxLength={4000}
          autoFocus
        />
        <FailureNote failure={acting.failure} />
      </div>
    </Dialog>
  );
}
