import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow, type SampleOnGlass } from '../../store/create-store.ts';
import { pickOne, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  CopyButton,
  StatusBadge,
  TrustSentence,
  useFormats,
  VirtualTable,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { EntryDrawer, useSentence } from '../history/index.ts';
import { NoteButton } from './NoteButton.tsx';
import type { SampleItem } from './types.ts';

type Format = 'csv' | 'json';

/** What was drawn: how to draw it again, the entries, and which of them were looked at. */
export function SampleResult({ sample }: { readonly sample: SampleOnGlass }) {
  const { t } = useTranslation('audit');
  const formats = useFormats();
  const sentence = useSentence();
  const setSample = useWindow((state) => state.setSample);
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState<number>();
  const { value: findings = [] } = useAnswer(() => bridge.audit.notes(), 'findings');
  const save = useAct(async (format: Format, following) => {
    const out = await pickOne('out');
    if (!out.ok) return out;
    return bridge.audit.saveSample({ ...sample.asked, out: out.value, format }, following);
  });
  const { drawn, looked } = sample;
  const found = new Set(findings.map(({ entry }) => entry));
  const done = drawn.items.filter(({ seq }) => looked.has(seq) || found.has(seq)).length;
  const look = (seq: number, isLooked: boolean) => {
    const now = new Set(looked);
    if (isLooked) now.add(seq);
    else now.delete(seq);
    setSample({ ...sample, looked: now });
  };
  const statement = t('sample.statement', { ...drawn, count: drawn.items.length });
  return (
    <>
      <TrustSentence
        tone="info"
        facts={[
          { term: t('sample.seed'), value: drawn.seed, isMono: true, copy: drawn.seed },
          { term: t('sample.size'), value: formats.count(drawn.size) },
          { term: t('sample.root'), value: drawn.root, isMono: true, copy: drawn.root },
          { term: t('sample.rule'), value: t('sample.ruleText') },
        ]}
      >
        {statement} {t('sample.progress', { done, count: drawn.items.length })}
      </TrustSentence>
      <FailureNote failure={save.failure} />
      <div className="v-audit-acts">
        {(['csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            icon="download"
            onPress={() => {
              void save.run(format).then((file) => {
                if (!file) return;
                tellWritten(t('saved', { name: file.name }), file.written, t('reveal'));
              });
            }}
          >
            {t(`saveAs.${format}`)}
          </Button>
        ))}
        <CopyButton
          label={t('sample.copy')}
          text={[statement, drawn.root, ...drawn.items.map(({ seq }) => String(seq))].join('\n')}
        />
      </div>
      <VirtualTable<SampleItem>
        label={t('sample.title')}
        count={drawn.items.length}
        rowAt={(index) => drawn.items[index]}
        onRange={() => undefined}
        selected={selected}
        onSelect={setSelected}
        onOpen={(index) => {
          setOpen(drawn.items[index]?.seq);
        }}
        columns={[
          {
            id: 'draw',
            header: t('sample.number'),
            track: '56px',
            align: 'end',
            render: ({ draw }) => <span className="v-muted">{formats.count(draw)}</span>,
          },
          {
            id: 'seq',
            header: t('findings.entry'),
            track: '84px',
            align: 'end',
            render: ({ seq }) => <span className="v-mono">{seq}</span>,
          },
          {
            id: 'at',
            header: t('findings.at'),
            track: '140px',
            render: ({ at }) => formats.moment(at),
          },
          { id: 'act', header: t('sample.act'), track: 'minmax(180px, 1fr)', render: sentence },
          {
            id: 'who',
            header: t('sample.who'),
            track: '140px',
            render: ({ actor }) => actor.name ?? actor.fingerprint.slice(-8),
          },
          {
            id: 'looked',
            header: t('sample.looked'),
            track: '132px',
            render: ({ seq }) => <Looked isFound={found.has(seq)} isLooked={looked.has(seq)} />,
          },
        ]}
      />
      <EntryDrawer
        seq={open}
        onClose={() => {
          setOpen(undefined);
        }}
        actions={({ row: { seq } }) => (
          <div className="v-audit-acts">
            {!found.has(seq) && (
              <Button
                icon={looked.has(seq) ? 'undo' : 'check'}
                onPress={() => {
                  look(seq, !looked.has(seq));
                }}
              >
                {t(looked.has(seq) ? 'sample.lookAgain' : 'sample.nothing')}
              </Button>
            )}
            <NoteButton entry={seq} />
          </div>
        )}
      />
    </>
  );
}

function Looked({ isFound, isLooked }: { readonly isFound: boolean; readonly isLooked: boolean }) {
  const { t } = useTranslation('audit');
  if (isFound)
    return (
      <StatusBadge tone="warn" icon="edit">
        {t('sample.found')}
      </StatusBadge>
    );
  return isLooked ? (
    <StatusBadge tone="ok">{t('sample.nothingShort')}</StatusBadge>
  ) : (
    <StatusBadge tone="neutral">{t('sample.open')}</StatusBadge>
  );
}
