import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Banner, BlockList, Button, Fingerprint, Fold, writtenOf } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Found } from './CertificateSource.tsx';
import { IdentityFields, identityOf, type Identity } from './IdentityFields.tsx';
import { KeyFacts } from './KeyFacts.tsx';
import { useWords } from './use-words.ts';

/** What the certificate says, before anything is taken in, and what we say of its owner. */
export function CertificateReview({
  found,
  expected,
  onOther,
  onClose,
}: {
  readonly found: Found;
  readonly expected: string | undefined;
  readonly onOther: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('contacts');
  const words = useWords();
  const go = useWindow((state) => state.go);
  const { facts, known, rivals } = found.looked;
  const [first] = facts.userIds;
  const [identity, setIdentity] = useState<Identity>({
    name: first?.name ?? '',
    organisation: '',
    country: null,
  });
  const [isFaulty, setFaulty] = useState(false);
  const add = useAct((given: Identity) =>
    bridge.contacts.add({ ...found.source, ...(known ? {} : identityOf(given)) }),
  );
  const isUnexpected = expected !== undefined && expected !== facts.fingerprint;

  const run = async () => {
    const isNameless = !known && identity.name.trim() === '';
    setFaulty(isNameless);
    if (isNameless) return;
    const added = await add.run(identity);
    if (added === undefined) return;
    messages.show({ tone: 'ok', text: t(`add.outcome.${added.outcome}`, { name: added.name }) });
    onClose();
    go({ screen: 'contacts', fingerprint: added.fingerprint });
  };

  return (
    <div className="v-contacts-stack">
      {isUnexpected && (
        <Banner tone="bad" title={t('add.unexpected')}>
          {t('add.unexpectedText', { fingerprint: writtenOf(expected) })}
        </Banner>
      )}
      {found.host !== undefined && (
        <Banner tone="info" title={t('add.find.from', { host: found.host })} />
      )}
      {known && <Banner tone="info" title={t('add.known')} />}
      {rivals.length > 0 && (
        <Banner tone="bad" title={t('add.rival', { count: rivals.length })}>
          {t('add.rivalText')}
        </Banner>
      )}
      <section className="v-contacts-tight">
        <h3 className="v-caption v-muted">{t('add.says')}</h3>
        {facts.userIds.length === 0 ? (
          <p>{t('add.nobody')}</p>
        ) : (
          <ul className="v-contacts-names">
            {facts.userIds.map(({ text }) => (
              <li key={text} className="v-strong v-wrap-anywhere">
                {text}
              </li>
            ))}
          </ul>
        )}
        <Fingerprint value={facts.fingerprint} name={first?.name ?? t('unknown.name')} />
      </section>
      <BlockList
        blocks={[
          ...facts.refusals.map((code) => ({
            id: code,
            text: words.refusal(code),
            tone: 'bad' as const,
          })),
          ...facts.warnings.map((code) => ({ id: code, text: words.warning(code) })),
        ]}
        whenNone={t('add.fit')}
      />
      <Fold title={t('facts.title')}>
        <KeyFacts facts={facts} />
      </Fold>
      {!known && (
        <IdentityFields
          title={t('add.you')}
          identity={identity}
          onChange={setIdentity}
          nameFault={isFaulty && identity.name.trim() === '' ? t('add.nameFault') : undefined}
        />
      )}
      <FailureNote failure={add.failure} />
      <div className="v-contacts-state">
        <Button
          variant="primary"
          disabledReason={add.isRunning ? t('working') : undefined}
          onPress={() => void run()}
        >
          {t(known ? 'add.update' : 'add.confirm')}
        </Button>
        <Button variant="quiet" onPress={onOther}>
          {t('add.other')}
        </Button>
      </div>
    </div>
  );
}
