import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../preload/contract/index.ts';
import type { Reply, ValueOf } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { pickOne } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  ComboBox,
  Dialog,
  RadioGroup,
  Select,
  Skeleton,
  TextField,
  useFormats,
  WorkBar,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { CaseView } from './types.ts';
import { useVocabularies, type Vocabularies } from './use-vocabularies.ts';

/** Named by what was imported, and not there. */
type Made = ValueOf<Contract['packages']['make']> & { readonly absent?: readonly string[] };

/** What a draft can begin with: nothing, or what another program packed. */
const SOURCES = ['nothing', 'bag', 'bundle'] as const;
type Source = (typeof SOURCES)[number];

const EMPTY = { reference: '', title: '', counterpart: '' };

/** A new draft: in a case that is open, or in one that is opened with it. */
export function NewPackage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const { value: cases, failure } = useAnswer(() => bridge.cases.list(), 'cases-open');
  const formats = useFormats();
  const lists = useVocabularies();
  const open = (cases ?? []).filter(({ state }) => state === 'open');
  const [asked, setWhere] = useState<'old' | 'new'>('old');
  const [picked, setReference] = useState<string | null>(null);
  /** The case that was opened here: it is there, whatever becomes of the draft. */
  const [opened, setOpened] = useState<string>();
  const [fresh, setFresh] = useState(EMPTY);
  const [source, setSource] = useState<Source>('nothing');
  const reference = picked ?? (open.length === 1 ? (open[0]?.reference ?? null) : null);
  const where = open.length === 0 ? 'new' : asked;

  const make = useAct(async (of: string, following): Promise<Reply<Made>> => {
    const from = source === 'nothing' ? undefined : await pickOne('payload', source === 'bag');
    if (from?.ok === false) return from;
    if (where === 'new' && of !== opened) {
      const reply = await bridge.cases.open({
        reference: of,
        title: fresh.title.trim(),
        counterpart: partsOf(fresh.counterpart),
      });
      if (!reply.ok) return reply;
      setOpened(of);
    }
    const known = open.find((one) => one.reference === of);
    const release = known === undefined ? {} : { release: knownOf(known, lists) };
    return from === undefined
      ? bridge.packages.make({ case: of, files: [], ...release }, following)
      : bridge.packages.import({ case: of, from: from.value, ...release }, following);
  });

  const chosen = where === 'old' ? (reference ?? '') : fresh.reference.trim();
  const missing =
    chosen === ''
      ? t(where === 'old' ? 'new.chooseCase' : 'new.sayReference')
      : where === 'new' && fresh.title.trim() === ''
        ? t('new.sayTitle')
        : undefined;
  const run = async () => {
    const made = await make.run(chosen);
    if (made === undefined) return;
    if (made.absent !== undefined && made.absent.length > 0)
      messages.show({
        tone: 'warn',
        text: t('new.absent', { count: made.absent.length, names: formats.list(made.absent) }),
      });
    onClose();
    go({ screen: 'compose', id: made.package.id, step: 'what' });
  };

  return (
    <Dialog
      title={t('new.title')}
      isOpen
      onClose={onClose}
      isFirm={make.isRunning}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('notNow')}
          </Button>
          <Button
            variant="primary"
            disabledReason={make.isRunning ? t('working') : missing}
            onPress={() => void run()}
          >
            {t('new.begin')}
          </Button>
        </>
      }
    >
      <div className="v-packages-stack">
        <p className="v-muted">{t('new.text')}</p>
        {cases === undefined && failure === undefined && <Skeleton lines={2} />}
        {open.length > 0 && (
          <RadioGroup
            label={t('new.where')}
            choices={[
              { id: 'old', label: t('new.old') },
              { id: 'new', label: t('new.new') },
            ]}
            value={where}
            onChange={setWhere}
            isHorizontal
          />
        )}
        {where === 'old' ? (
          <ComboBox
            label={t('new.case')}
            choices={open.map((one) => ({
              id: one.reference,
              label: t('new.caseLine', { reference: one.reference, title: one.title }),
            }))}
            value={reference}
            onChange={setReference}
          />
        ) : (
          cases !== undefined && (
            <>
              <TextField
                label={t('new.reference')}
                description={t('new.referenceHint')}
                value={fresh.reference}
                onChange={(value) => {
                  setFresh({ ...fresh, reference: value });
                }}
                maxLength={120}
              />
              <TextField
                label={t('new.caseTitle')}
                description={t('new.caseTitleHint')}
                value={fresh.title}
                onChange={(value) => {
                  setFresh({ ...fresh, title: value });
                }}
                maxLength={200}
              />
              <TextField
                label={t('new.counterpart')}
                description={t('new.counterpartHint')}
                isOptional
                value={fresh.counterpart}
                onChange={(value) => {
                  setFresh({ ...fresh, counterpart: value });
                }}
                maxLength={2000}
              />
            </>
          )
        )}
        <Select
          label={t('new.source')}
          choices={SOURCES.map((id) => ({
            id,
            label: t(`new.from.${id}`),
            description: t(`new.fromHint.${id}`),
          }))}
          value={source}
          onChange={setSource}
          isDisabled={make.isRunning}
        />
        {make.running !== undefined && (
          <WorkBar
            label={t('new.checking')}
            done={make.running.done}
            total={make.running.total}
            {...(make.running.speed === undefined ? {} : { speed: make.running.speed })}
            onCancel={make.cancel}
            isCancelling={make.isCancelling}
          />
        )}
        <FailureNote failure={failure ?? make.failure} />
      </div>
    </Dialog>
  );
}

/** What the case says already, as far as a release can say it too. */
function knownOf(of: CaseView, lists: Vocabularies) {
  const { instrument, affectedIndividuals } = of;
  const offences = (of.offences ?? []).filter((code) => lists.item('offence', code) !== undefined);
  const isKnown = instrument !== undefined && lists.item('instrument', instrument) !== undefined;
  return {
    ...(isKnown ? { instrument } : {}),
    ...(offences.length === 0 ? {} : { offences }),
    ...(affectedIndividuals === undefined ? {} : { affectedIndividuals }),
  };
}

/** Several are parted by semicolons: names of organisations hold commas. */
function partsOf(text: string): readonly string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
