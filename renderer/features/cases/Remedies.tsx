import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import {
  Button,
  CodePicker,
  Dialog,
  NumberField,
  Panel,
  Table,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useVocabularies } from '../packages/index.ts';
import type { CaseView } from './CasesScreen.tsx';

const COUNTS = ['offered', 'accepted', 'declined', 'unreachable', 'fulfilled'] as const;
type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;
const NONE: Counts = { offered: 0, accepted: 0, declined: 0, unreachable: 0, fulfilled: 0 };

/** What was offered to the people of a case, and what became of it: counts, and nobody's name. */
export function Remedies({ record }: { readonly record: CaseView }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const lists = useVocabularies();
  const [isOpen, setOpen] = useState(false);
  const { remedies = [], state } = record;
  return (
    <Panel
      title={t('remedies')}
      isPadded={remedies.length === 0}
      actions={
        state === 'open' && (
          <Button
            size="small"
            onPress={() => {
              setOpen(true);
            }}
          >
            {t('remedy.act')}
          </Button>
        )
      }
    >
      {remedies.length === 0 ? (
        <p className="v-muted">{t('remedy.none')}</p>
      ) : (
        <Table
          label={t('remedies')}
          rows={remedies}
          rowId={(one) => one.kind}
          columns={[
            {
              id: 'kind',
              header: t('remedy.kind'),
              isRowHeader: true,
              isWrapped: true,
              render: (one) => lists.item('remedy', one.kind)?.label ?? one.kind,
            },
            ...COUNTS.map((name) => ({
              id: name,
              header: t(`remedy.${name}`),
              width: '110px',
              align: 'end' as const,
              render: (one: (typeof remedies)[number]) => formats.count(one[name]),
            })),
          ]}
        />
      )}
      {isOpen && (
        <ReportRemedy
          record={record}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Panel>
  );
}

function ReportRemedy({
  record,
  onClose,
}: {
  readonly record: CaseView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('cases');
  const lists = useVocabularies();
  const [kind, setKind] = useState<string>();
  const [counts, setCounts] = useState(NONE);
  const act = useAct((given: Counts & { readonly kind: string }) =>
    bridge.cases.remedy({
      reference: record.reference,
      remedy: { ...given, at: `${new Date().toISOString().slice(0, 19)}Z` },
    }),
  );
  const choose = (code: string | undefined) => {
    setKind(code);
    const known = record.remedies?.find((one) => one.kind === code);
    setCounts(known ?? NONE);
  };
  const report = async () => {
    const { offered, accepted, declined, unreachable, fulfilled } = counts;
    const given = { offered, accepted, declined, unreachable, fulfilled };
    if ((await act.run({ kind: kind ?? '', ...given })) !== undefined) onClose();
  };
  const blocked =
    kind === undefined
      ? t('remedy.chooseKind')
      : counts.accepted + counts.declined + counts.unreachable > counts.offered
        ? t('remedy.tooMany')
        : counts.fulfilled > counts.accepted
          ? t('remedy.notAccepted')
          : undefined;
  return (
    <Dialog
      title={t('remedy.title')}
      isOpen
      isFirm={act.isRunning}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('new.cancel')}
          </Button>
          <Button variant="primary" disabledReason={blocked} onPress={() => void report()}>
            {t('remedy.report')}
          </Button>
        </>
      }
    >
      <div className="v-cases-form">
        <p>{t('remedy.text')}</p>
        <CodePicker
          label={t('remedy.kind')}
          entries={lists.entries('remedy')}
          value={kind === undefined ? [] : [kind]}
          onChange={([code]) => {
            choose(code);
          }}
          isSingle
        />
        {COUNTS.map((name) => (
          <NumberField
            key={name}
            label={t(`remedy.${name}`)}
            min={0}
            value={counts[name]}
            onChange={(value) => {
              setCounts((now) => ({ ...now, [name]: value ?? 0 }));
            }}
          />
        ))}
        <FailureNote failure={act.failure} />
      </div>
    </Dialog>
  );
}
