import { useTranslation } from 'react-i18next';
import { Drawer, KeyValue, StatusBadge, useFormats, type Fact } from '../../ui/index.ts';
import { STATE_LOOK } from './state-look.ts';
import type { Pair, Side } from './types.ts';
import { useOutcome, useReason } from './use-words.ts';

export interface PairDrawerProps {
  readonly pair: Pair | undefined;
  readonly onClose: () => void;
}

/** One package as both ledgers have it, and where they part. */
export function PairDrawer({ pair, onClose }: PairDrawerProps) {
  const { t } = useTranslation('bundles');
  return (
    <Drawer
      title={t('pair.title', { package: pair?.package.slice(-8) ?? '' })}
      isOpen={pair !== undefined}
      onClose={onClose}
    >
      {pair !== undefined && <PairFacts pair={pair} />}
    </Drawer>
  );
}

function PairFacts({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation('bundles');
  const reason = useReason();
  const { recipient, differences, state } = pair;
  return (
    <div className="v-bundle-pair">
      <StatusBadge {...STATE_LOOK[state]} look="boxed">
        {t(`state.${state}`)}
      </StatusBadge>
      {differences.length > 0 && (
        <ul className="v-bundle-problems">
          {differences.map((difference, index) => (
            <li key={index}>
              <strong>{t(`code.${difference.code}` as never)}</strong> {reason(difference)}
            </li>
          ))}
        </ul>
      )}
      <KeyValue
        isStacked
        facts={[
          { term: t('pair.package'), value: pair.package, isMono: true, copy: pair.package },
          { term: t('pair.way'), value: t(`pair.from.${pair.sender}`) },
          {
            term: t('column.recipient'),
            value: recipient.name ?? recipient.fingerprint,
            copy: recipient.fingerprint,
          },
        ]}
      />
      <div className="v-bundle-two">
        <SideFacts title={t('side.a')} side={pair.a} />
        <SideFacts title={t('side.b')} side={pair.b} />
      </div>
    </div>
  );
}

function SideFacts({ title, side }: { readonly title: string; readonly side: Side | undefined }) {
  const { t } = useTranslation('bundles');
  const formats = useFormats();
  const outcome = useOutcome();
  const facts: readonly Fact[] = [
    ...(['sealedAt', 'sentAt', 'arrivedAt'] as const).flatMap((name) => {
      const at = side?.[name];
      return at === undefined ? [] : [{ term: t(`pair.${name}`), value: formats.exact(at) }];
    }),
    ...(side?.outcomes ?? []).map(({ kind, at }, index) => ({
      term:
        index === 0
          ? outcome(kind)
          : t('pair.again', { outcome: outcome(kind), number: index + 1 }),
      value: formats.exact(at),
    })),
    ...(['manifest', 'sealed'] as const).flatMap((name) => {
      const digest = side?.[name];
      return digest === undefined
        ? []
        : [{ term: t(`pair.${name}`), value: digest, isMono: true, copy: digest }];
    }),
    ...(side?.files === undefined || side.bytes === undefined
      ? []
      : [
          {
            term: t('pair.content'),
            value: t('pair.files', { count: side.files, size: formats.bytes(side.bytes) }),
          },
        ]),
  ];
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {facts.length === 0 ? (
        <p className="v-muted">{t('said.nothing')}</p>
      ) : (
        <KeyValue isStacked facts={facts} />
      )}
    </section>
  );
}
