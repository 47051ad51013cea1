import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, Fingerprint, Fold, Panel, Skeleton, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { tokensOf, type Token } from '../packages/index.ts';

/** The certificate to give to others: as text, or as a file. */
export function OwnCertificate() {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const { value: own, failure } = useAnswer(() => bridge.keys.own(), 'own-keys');
  const save = useAct((out: Token<'out'>) => bridge.keys.save({ out, what: 'certificate' }));

  const copy = (certificate: string) => {
    navigator.clipboard.writeText(certificate).then(
      () => {
        messages.show({ tone: 'ok', text: t('own.copied') });
      },
      () => {
        messages.show({ tone: 'warn', text: t('own.copyFailed') });
      },
    );
  };
  const write = async () => {
    const reply = await bridge.files.pick({ use: 'out' });
    const [folder] = reply.ok ? reply.value : [];
    const [out] = folder === undefined ? [] : tokensOf([folder], 'out');
    if (folder === undefined || out === undefined) return;
    const saved = await save.run(out);
    if (saved === undefined) return;
    const file = { id: saved.written.id, use: 'written' as const };
    messages.show({
      tone: 'ok',
      text: t('own.saved', { name: saved.name, folder: folder.name }),
      action: { label: t('own.show'), onAction: () => void bridge.files.reveal({ file }) },
    });
  };

  if (own === undefined)
    return failure === undefined ? <Skeleton lines={2} /> : <FailureNote failure={failure} />;
  const { facts, certificate } = own;
  const made = formats.longDate(facts.createdAt);
  const { algorithm } = facts.primary;
  return (
    <Panel
      title={t('own.title')}
      actions={
        <>
          <Button
            size="small"
            icon="copy"
            onPress={() => {
              copy(certificate);
            }}
          >
            {t('own.copy')}
          </Button>
          <Button size="small" icon="download" onPress={() => void write()}>
            {t('own.save')}
          </Button>
        </>
      }
    >
      <div className="v-contacts-tight">
        <p className="v-measure">{t('own.text')}</p>
        <p className="v-caption v-muted">
          {facts.expiresAt === undefined
            ? t('own.facts', { algorithm, made })
            : t('own.factsUntil', { algorithm, made, until: formats.longDate(facts.expiresAt) })}
        </p>
        <FailureNote failure={save.failure} />
        <Fold title={t('own.read')}>
          <Fingerprint
            look="full"
            value={facts.fingerprint}
            name={facts.userIds[0]?.name ?? t('own.name')}
          />
        </Fold>
        <Fold title={t('own.armored')}>
          <pre className="v-contacts-armored" tabIndex={0} aria-label={t('own.title')}>
            {certificate}
          </pre>
        </Fold>
      </div>
    </Panel>
  );
}
