import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, KeyValue, Panel, useFormats, writtenOf, type Fact } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ActBar } from './ActBar.tsx';
import type { InboxItem } from './types.ts';

/** A sealed file that did not pass: why, and what can be done about it. */
export function Quarantined({ item }: { readonly item: InboxItem }) {
  const { t } = useTranslation('inbox');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const { id, code = 'quarantined', message = '', hint, params } = item;
  const retry = useAct((_: undefined, following) => bridge.inbox.retry({ id }, following));
  const signer = signerOf(item);

  const run = async () => {
    const taken = await retry.run(undefined);
    if (taken === undefined) return;
    messages.show({ tone: 'ok', text: t('quarantine.retried') });
    go(taken.kind === 'package' ? { screen: 'inbox', id: taken.id } : { screen: 'inbox' });
  };
  const facts: readonly Fact[] = [
    { term: t('quarantine.at'), value: formats.exact(item.at) },
    { term: t('quarantine.bytes'), value: formats.bytes(item.bytes) },
    ...(signer === undefined
      ? []
      : [
          {
            term: t('quarantine.signer'),
            value: writtenOf(signer),
            isMono: true,
            copy: writtenOf(signer),
          },
        ]),
  ];
  const failure = retry.failure ?? {
    code,
    message:
      code === 'unknown-signer' && signer !== undefined ? t('quarantine.unknownSigner') : message,
    ...(hint === undefined ? {} : { hint }),
    ...(params === undefined ? {} : { params }),
  };

  return (
    <Panel title={t('quarantine.title')}>
      <div className="v-inbox-form">
        <FailureNote
          failure={failure}
          actions={
            !retry.isRunning && (
              <>
                {code === 'unknown-signer' && (
                  <Button
                    icon="contact"
                    variant="primary"
                    onPress={() => {
                      go({
                        screen: 'contacts',
                        ...(signer === undefined ? {} : { fingerprint: signer }),
                      });
                    }}
                  >
                    {t('quarantine.import')}
                  </Button>
                )}
                {code !== 'unknown-signer' && signer !== undefined && (
                  <Button
                    icon="contact"
                    onPress={() => {
                      go({ screen: 'contacts', fingerprint: signer });
                    }}
                  >
                    {t('quarantine.contact')}
                  </Button>
                )}
                {item.retry === true && (
                  <Button icon="refresh" onPress={() => void run()}>
                    {t('quarantine.retry')}
                  </Button>
                )}
              </>
            )
          }
        />
        <ActBar act={retry} label={t('quarantine.retrying')} />
        <p className="v-measure v-muted">{t('quarantine.text')}</p>
        {item.retry !== true && <p className="v-measure v-muted">{t('quarantine.cannotHelp')}</p>}
        <KeyValue facts={facts} />
      </div>
    </Panel>
  );
}

/** The full fingerprint that the refusal names, when it names one. */
function signerOf({ params }: InboxItem): string | undefined {
  const named = params?.['fingerprint'];
  return typeof named === 'string' && /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(named)
    ? named
    : undefined;
}
