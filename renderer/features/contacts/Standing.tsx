import { useTranslation } from 'react-i18next';
import { BlockList, Panel, useFormats, type Block } from '../../ui/index.ts';
import type { Contact } from './types.ts';
import { useWords } from './use-words.ts';

/** What stands against sealing to a contact, each line with its act, and what is worth knowing. */
export function Standing({
  contact,
  onCompare,
  onUpdate,
}: {
  readonly contact: Contact;
  readonly onCompare: () => void;
  readonly onUpdate: () => void;
}) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const words = useWords();
  const { blocked, exception, warnings } = contact;
  const blocks = contact.blockers.map((blocker): Block => {
    const { code } = blocker;
    const text =
      code === 'recipient-blocked' && blocked !== undefined
        ? t('blocks.blockedBy', { date: formats.longDate(blocked.at), reason: blocked.reason })
        : words.blocker(blocker);
    const action =
      code === 'recipient-unverified'
        ? { label: t('blocks.compare'), onAction: onCompare }
        : code.startsWith('certificate-')
          ? { label: t('blocks.update'), onAction: onUpdate }
          : undefined;
    const tone = code === 'recipient-unverified' ? 'warn' : 'bad';
    return { id: code, text, tone, ...(action === undefined ? {} : { action }) };
  });
  return (
    <Panel title={t('blocks.title')}>
      <div className="v-contacts-stack">
        <BlockList blocks={blocks} whenNone={t('blocks.none')} />
        {exception !== undefined && (
          <p className="v-measure">
            {t('blocks.exception', {
              date: formats.longDate(exception.at),
              reason: exception.reason,
            })}
          </p>
        )}
        {warnings.length > 0 && (
          <div className="v-contacts-tight">
            <h3 className="v-caption v-muted">{t('warnings')}</h3>
            <BlockList blocks={warnings.map((code) => ({ id: code, text: words.warning(code) }))} />
          </div>
        )}
      </div>
    </Panel>
  );
}
