import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Banner, Button } from '../../ui/index.ts';
import type { Fetching } from './use-fetch.ts';

/** Says that the receipt of a decision is signed and waits, and offers to send it now. */
export function ReceiptWaiting({
  id,
  fetching,
}: {
  readonly id: string;
  readonly fetching: Fetching;
}) {
  const { t } = useTranslation('inbox');
  const queue = useAnswer(() => bridge.exchange.queue(), `queue-${id}`);
  const waiting = (queue.value ?? []).filter(
    (item) => item.package === id && item.what === 'receipt' && item.state === 'waiting',
  );
  if (waiting.length === 0) return null;
  const hasChannel = fetching.channels?.length !== 0;
  const send = async () => {
    const done = await fetching.start();
    if (done === undefined) return;
    const isSent = done.sent.some((item) => item.package === id);
    messages.show({
      tone: isSent ? 'ok' : 'warn',
      text: t(isSent ? 'receipt.sent' : 'receipt.stays'),
    });
    queue.reload();
  };
  return (
    <Banner
      tone="info"
      title={t('receipt.waiting', { count: waiting.length })}
      actions={
        !fetching.act.isRunning && (
          <Button size="small" icon="send" onPress={() => void send()}>
            {hasChannel ? t('receipt.send') : t('channel.title')}
          </Button>
        )
      }
    >
      {t(hasChannel ? 'receipt.text' : 'receipt.noChannel')}
    </Banner>
  );
}
