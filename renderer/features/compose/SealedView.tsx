import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { Button, KeyValue, Panel, Section, TrustSentence, useFormats } from '../../ui/index.ts';
import { DispatchForms, type PackageView } from '../packages/index.ts';
import type { SealResult } from './SealPanel.tsx';

/** After the seal: where the file is, what identifies it, and how it leaves the house. */
export function SealedView({
  shown,
  result,
}: {
  readonly shown: PackageView;
  readonly result: SealResult;
}) {
  const { t } = useTranslation('compose');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const { written } = result;
  const open = () => {
    go({ screen: 'packages', id: shown.id });
  };
  return (
    <div className="v-compose-stack v-sealed">
      <TrustSentence tone="ok" size="large">
        {t('sealed.sentence', { count: shown.files, bytes: formats.bytes(result.bytes) })}{' '}
        {written === undefined ? t('sealed.inVault') : t('sealed.inFolder')}
      </TrustSentence>
      <Panel>
        <div className="v-compose-stack">
          <KeyValue
            facts={[
              {
                term: t('sealed.file'),
                value: result.fileName,
                isMono: true,
                copy: result.fileName,
              },
              { term: t('sealed.digest'), value: result.sha256, isMono: true, copy: result.sha256 },
              {
                term: t('sealed.manifest'),
                value: result.manifestDigest,
                isMono: true,
                copy: result.manifestDigest,
              },
              { term: t('sealed.form'), value: t(`seal.form.${result.profile}`) },
            ]}
          />
          <p className="v-caption v-muted v-measure">{t('sealed.digestHint')}</p>
          {written?.use === 'written' && (
            <div className="v-compose-line">
              <Button
                icon="folder-open"
                onPress={() => {
                  void bridge.files.reveal({ file: { id: written.id, use: 'written' } });
                }}
              >
                {t('sealed.reveal')}
              </Button>
            </div>
          )}
        </div>
      </Panel>
      <Section title={t('sealed.next')} description={t('sealed.nextHint')}>
        <DispatchForms package={shown} onSent={open} />
      </Section>
      <div className="v-compose-line">
        <Button variant="quiet" onPress={open}>
          {t('sealed.open')}
        </Button>
      </div>
    </div>
  );
}
