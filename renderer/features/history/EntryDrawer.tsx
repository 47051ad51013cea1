import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../store/use-answer.ts';
import {
  CopyButton,
  Drawer,
  Fold,
  KeyValue,
  Skeleton,
  TrustSentence,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { SaveProof } from './SaveProof.tsx';
import { useEntrySource } from './source.ts';
import type { EntryView } from './types.ts';
import { useSentence } from './use-sentence.ts';

export interface EntryDrawerProps {
  readonly seq: number | undefined;
  readonly onClose: () => void;
  /** What can be done with the entry, below what it says. */
  readonly actions?: ((entry: EntryView) => ReactNode) | undefined;
}

/** One entry as it stands in the ledger, with what proves that it stands there. */
export function EntryDrawer({ seq, onClose, actions }: EntryDrawerProps) {
  const { t } = useTranslation('history');
  return (
    <Drawer
      title={t('entry.title', { seq: seq ?? 0 })}
      isOpen={seq !== undefined}
      onClose={onClose}
    >
      {seq !== undefined && <Entry key={seq} seq={seq} actions={actions} />}
    </Drawer>
  );
}

interface EntryProps {
  readonly seq: number;
  readonly actions: EntryDrawerProps['actions'];
}

function Entry({ seq, actions }: EntryProps) {
  const source = useEntrySource();
  const key = `${source.key}-entry-${String(seq)}`;
  const { value, failure } = useAnswer(() => source.entry({ seq }), key);
  if (failure) return <FailureNote failure={failure} />;
  return value ? <EntryFacts entry={value} actions={actions} /> : <Skeleton />;
}

interface EntryFactsProps extends Pick<EntryProps, 'actions'> {
  readonly entry: EntryView;
}

function EntryFacts({ entry, actions }: EntryFactsProps) {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const sentence = useSentence();
  const { prove } = useEntrySource();
  const { row, proof, verified } = entry;
  const isProved = verified.chain && verified.inclusion && verified.checkpoint;
  const subject = row.package;
  return (
    <div className="v-entry">
      <p className="v-entry-act">{sentence(row)}</p>
      <TrustSentence
        tone={isProved ? 'ok' : 'bad'}
        facts={[
          { term: t('entry.chain'), value: t(verified.chain ? 'entry.fits' : 'entry.breaks') },
          {
            term: t('entry.inclusion'),
            value: t(verified.inclusion ? 'entry.fits' : 'entry.breaks'),
          },
          {
            term: t('entry.checkpoint'),
            value: t(verified.checkpoint ? 'entry.fits' : 'entry.breaks'),
          },
        ]}
      >
        {t(isProved ? 'entry.proved' : 'entry.notProved', { count: proof.hashes.length })}
      </TrustSentence>
      <KeyValue
        isStacked
        facts={[
          { term: t('column.when'), value: formats.exact(row.at) },
          { term: t('column.actor'), value: row.actor.name ?? row.actor.fingerprint },
          ...(subject === undefined
            ? []
            : [
                { term: t('column.package'), value: subject.title ?? subject.id, copy: subject.id },
              ]),
          { term: t('entry.hash'), value: entry.hash, isMono: true, copy: entry.hash },
        ]}
      />
      {actions?.(entry)}
      <Fold title={t('entry.raw')} isOpenAtFirst>
        <pre className="v-entry-raw v-mono">{entry.text}</pre>
        <CopyButton text={entry.text} label={t('entry.copyText')} />
      </Fold>
      <Fold title={t('entry.proof')}>
        <pre className="v-entry-raw v-mono">{proof.hashes.join('\n')}</pre>
        <CopyButton
          text={JSON.stringify({ ...proof, seq: row.seq })}
          label={t('entry.copyProof')}
        />
        {prove !== undefined && <SaveProof seq={row.seq} prove={prove} />}
      </Fold>
      <Fold title={t('entry.signedCheckpoint')}>
        <pre className="v-entry-raw v-mono">{entry.checkpoint.body}</pre>
      </Fold>
      {entry.openings.length > 0 && (
        <Fold title={t('entry.openings')}>
          <KeyValue
            isStacked
            facts={entry.openings.map(({ digest, value }) => ({
              term: digest.slice(0, 16),
              value,
            }))}
          />
        </Fold>
      )}
    </div>
  );
}
