import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { WorkBar } from '../../ui/index.ts';

/** The bar of what is sent or fetched without anybody having asked; nothing while nothing is. */
export function Moving() {
  const { t } = useTranslation('channels');
  const [work, setWork] = useState<{ readonly done: number; readonly total: number }>();
  useEffect(
    () =>
      bridge.exchange.onMoved(({ work: now }) => {
        setWork(now);
      }),
    [],
  );
  if (work === undefined) return null;
  return <WorkBar label={t('queue.moving')} done={work.done} total={work.total} />;
}
