import { useTranslation } from 'react-i18next';
import { KeyValue, useFormats, type Fact } from '../../ui/index.ts';
import type { CertificateFacts } from './types.ts';

type Part = CertificateFacts['subkeys'][number];

/** What a certificate says of itself: names, algorithms, dates, parts. */
export function KeyFacts({
  facts,
  more = [],
}: {
  readonly facts: CertificateFacts;
  readonly more?: readonly Fact[];
}) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const lines: readonly Fact[] = [
    ...(facts.userIds.length === 0
      ? []
      : [{ term: t('facts.names'), value: formats.list(facts.userIds.map(({ text }) => text)) }]),
    { term: t('facts.algorithm'), value: partOf(facts.primary) },
    ...facts.subkeys.map((part, index) => ({
      term: t('facts.subkey', { number: index + 2 }),
      value: partOf(part),
    })),
    { term: t('facts.made'), value: formats.longDate(facts.createdAt) },
    {
      term: t('facts.expires'),
      value:
        facts.expiresAt === undefined ? t('facts.noExpiry') : formats.longDate(facts.expiresAt),
    },
    ...(facts.revokedAt === undefined
      ? []
      : [{ term: t('facts.revoked'), value: formats.longDate(facts.revokedAt) }]),
    { term: t('facts.version'), value: t(facts.version === 4 ? 'facts.v4' : 'facts.v6') },
    ...more,
  ];
  return <KeyValue facts={lines} />;

  function partOf({ algorithm, can: abilities, revoked, expiresAt }: Part): string {
    const can =
      abilities.length === 0
        ? t('facts.cannot')
        : formats.list(abilities.map((ability) => t(`facts.can.${ability}`)));
    if (revoked) return t('facts.partRevoked', { algorithm, can });
    if (expiresAt !== undefined && expiresAt !== facts.expiresAt)
      return t('facts.partUntil', { algorithm, can, date: formats.longDate(expiresAt) });
    return t('facts.part', { algorithm, can });
  }
}
