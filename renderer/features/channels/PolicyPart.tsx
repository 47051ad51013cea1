import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Banner, Button, Fingerprint, KeyValue, Section, useFormats } from '../../ui/index.ts';
import type { Fact } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { PolicyInForce } from './types.ts';

/** The signed file of rules that an agency hands to its officers: which one is in force, and what it says. */
export function PolicyPart({ canSet }: { readonly canSet: boolean }) {
  const { t } = useTranslation('channels');
  const { value, failure, reload } = useAnswer(() => bridge.exchange.policy(), 'policy');
  const set = useAct((file: string) =>
    bridge.exchange.setPolicy({ file: { id: file, use: 'policy' } }),
  );
  const choose = async () => {
    const picked = await bridge.files.pick({ use: 'policy' });
    const [first] = picked.ok ? picked.value : [];
    if (!first) return;
    const inForce = await set.run(first.token.id);
    if (!inForce?.policy) return;
    messages.show({ tone: 'ok', text: t('policy.set', { name: inForce.policy.name }) });
    reload();
  };
  const policy = value?.policy;
  return (
    <Section
      title={t('policy.title')}
      description={t(policy ? 'policy.text' : 'policy.none')}
      actions={
        canSet && (
          <Button icon="file" onPress={() => void choose()}>
            {t(policy ? 'policy.another' : 'policy.choose')}
          </Button>
        )
      }
    >
      <FailureNote failure={failure ?? set.failure} />
      {policy?.file === 'changed' && <Banner tone="bad" title={t('policy.changed')} />}
      {policy?.file === 'gone' && <Banner tone="info" title={t('policy.gone')} />}
      {policy && <Rules policy={policy} />}
    </Section>
  );
}

function Rules({ policy }: { readonly policy: PolicyInForce }) {
  const { t } = useTranslation('channels');
  const formats = useFormats();
  const facts: (Fact | false)[] = [
    { term: t('policy.name'), value: policy.name },
    { term: t('policy.at'), value: formats.moment(policy.at) },
    policy.validUntil !== undefined && {
      term: t('policy.validUntil'),
      value: formats.date(policy.validUntil),
    },
    policy.channels !== undefined && {
      term: t('policy.channels'),
      value: policy.channels.map((kind) => t(`policy.kinds.${kind}`)).join(', '),
    },
    policy.approvers !== undefined && {
      term: t('policy.approvers'),
      value: formats.count(policy.approvers),
    },
    policy.profiles !== undefined && {
      term: t('policy.profiles'),
      value: policy.profiles.join(', '),
    },
    policy.retentionDays !== undefined && {
      term: t('policy.retention'),
      value: t('policy.days', { count: policy.retentionDays }),
    },
    policy.recipients !== undefined && {
      term: t('policy.recipients'),
      value: [
        ...(policy.recipients.countries ?? []),
        ...(policy.recipients.fingerprints ?? []),
      ].join(', '),
    },
    {
      term: t('policy.signer'),
      value: <Fingerprint value={policy.signer} name={t('policy.signer')} />,
    },
    { term: t('policy.digest'), value: <code className="v-wrap-anywhere">{policy.digest}</code> },
  ];
  return <KeyValue facts={facts.filter((fact) => fact !== false)} />;
}
