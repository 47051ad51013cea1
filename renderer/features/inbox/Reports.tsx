import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { Banner, BlockList, Button, type Block } from '../../ui/index.ts';
import type { Exchanged, TakenFile } from './types.ts';

/** What an exchange over the channels did, in words. */
export function ExchangeReport({
  report,
  onDismiss,
}: {
  readonly report: Exchanged;
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation('inbox');
  const { taken, sent, incomplete, refused, failed } = report;
  const isQuiet = [taken, sent, incomplete, refused, failed].every(({ length }) => length === 0);
  return (
    <Banner
      tone={refused.length + failed.length > 0 ? 'warn' : isQuiet ? 'info' : 'ok'}
      title={t('exchange.title')}
      onDismiss={onDismiss}
    >
      {isQuiet && <p>{t('exchange.nothing')}</p>}
      {taken.length > 0 && <p>{t('exchange.taken', { count: taken.length })}</p>}
      {sent.length > 0 && <p>{t('exchange.sent', { count: sent.length })}</p>}
      {incomplete.length > 0 && <p>{t('exchange.incomplete', { count: incomplete.length })}</p>}
      {refused.length > 0 && (
        <>
          <p>{t('exchange.refused', { count: refused.length })}</p>
          <ul className="v-inbox-refused">
            {refused.map(({ fileName, message }) => (
              <li key={fileName} className="v-wrap-anywhere">
                {t('exchange.refusedLine', { name: fileName, message })}
              </li>
            ))}
          </ul>
        </>
      )}
      {failed.length > 0 && (
        <>
          <p>{t('exchange.failed', { count: failed.length })}</p>
          <ul className="v-inbox-refused">
            {failed.map(({ channel, message }) => (
              <li key={channel} className="v-wrap-anywhere">
                {t('exchange.failedLine', { channel, message })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Banner>
  );
}

/** What became of each file that was dropped or chosen. */
export function TakeReport({
  files,
  onDismiss,
}: {
  readonly files: readonly TakenFile[];
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation('inbox');
  const go = useWindow((state) => state.go);
  const failed = files.filter(({ ok }) => !ok);
  const lines = files.map((file, index): Block => {
    const { name } = file;
    const id = `${name} ${String(index)}`;
    if (!file.ok) {
      const { message, hint } = file;
      const text =
        hint === undefined
          ? t('take.refused', { name, message })
          : t('take.refusedHint', { name, message, hint });
      return { id, tone: 'bad', text };
    }
    return {
      id,
      text: t(file.taken.repeated ? 'take.repeated' : `take.${file.taken.kind}`, { name }),
    };
  });
  const good = files.flatMap((file, index) => (file.ok ? [{ file, line: lines[index] }] : []));
  return (
    <Banner
      tone={failed.length > 0 ? 'warn' : 'ok'}
      title={t('take.title', { count: files.length })}
      onDismiss={onDismiss}
    >
      <div className="v-inbox-form">
        {good.length > 0 && (
          <ul className="v-inbox-good">
            {good.map(({ file, line }) => (
              <li key={line?.id}>
                <span className="v-wrap-anywhere">{line?.text}</span>
                {file.taken.kind === 'package' && (
                  <Button
                    size="small"
                    variant="quiet"
                    onPress={() => {
                      go({ screen: 'inbox', id: file.taken.id });
                    }}
                  >
                    {t('take.open')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {failed.length > 0 && <BlockList blocks={lines.filter(({ tone }) => tone === 'bad')} />}
      </div>
    </Banner>
  );
}
