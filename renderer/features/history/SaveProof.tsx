import { useTranslation } from 'react-i18next';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { EntrySource } from './source.ts';

export interface SaveProofProps {
  readonly seq: number;
  readonly prove: NonNullable<EntrySource['prove']>;
}

/** Writes one document that proves this entry to a stranger. */
export function SaveProof({ seq, prove }: SaveProofProps) {
  const { t } = useTranslation('history');
  const act = useAct(async (entry: number) => {
    const picked = await pickNew(`valise-proof-${String(entry)}.json`);
    return picked.ok ? prove({ seq: entry, out: picked.value }) : picked;
  });
  return (
    <>
      <Button
        size="small"
        icon="download"
        disabledReason={act.isRunning ? t('exporting') : undefined}
        onPress={() => {
          void act.run(seq).then((done) => {
            if (done)
              tellWritten(t('entry.proofSaved', { name: done.name }), done.written, t('reveal'));
          });
        }}
      >
        {t('entry.saveProof')}
      </Button>
      <FailureNote failure={act.failure} />
    </>
  );
}
