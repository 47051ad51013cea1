import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useFormats } from '../../ui/index.ts';
import type { Row } from './types.ts';
import { useSentence } from './use-sentence.ts';

/** Copies an entry as one line of text, and says for how long it stays on the clipboard. */
export function useCopyRow() {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const sentence = useSentence();
  const act = useAct((text: string) => bridge.app.copy({ text }));
  const copy = (row: Row) => {
    const text = [
      String(row.seq),
      formats.exact(row.at),
      sentence(row),
      row.actor.name ?? row.actor.fingerprint,
      ...(row.package === undefined ? [] : [row.package.title ?? row.package.id]),
    ].join('\t');
    void act.run(text).then((done) => {
      if (done) messages.show({ tone: 'ok', text: t('copied', { count: done.clearsIn }) });
    });
  };
  return { copy, failure: act.failure };
}
