import { Trans, useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { TrustSentence, useFormats, writtenOf, type Fact, type Tone } from '../../ui/index.ts';
import type { Arrival, Contact, PackageView } from './types.ts';
import { useCompared } from './use-compared.ts';
import { useWarnings } from './use-warnings.ts';
import { Who } from './Who.tsx';

export interface ArrivalSentenceProps {
  /** A received package: without an arrival nothing is shown. */
  readonly package: PackageView;
  readonly size?: 'normal' | 'large';
}

/** What the verification of a received package found, as a sentence; its facts are folded below. */
export function ArrivalSentence({ package: shown, size = 'large' }: ArrivalSentenceProps) {
  if (shown.arrival === undefined) return null;
  return <Sentence key={shown.id} shown={shown} arrival={shown.arrival} size={size} />;
}

function Sentence({
  shown,
  arrival,
  size,
}: {
  readonly shown: PackageView;
  readonly arrival: Arrival;
  readonly size: 'normal' | 'large';
}) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const compared = useCompared();
  const warningText = useWarnings();
  const { sender: fingerprint } = arrival;
  const { value: contact, isLoading } = useAnswer(
    () => bridge.contacts.show({ fingerprint }),
    `arrival-${fingerprint}`,
  );
  const warnings = warningsNow(arrival, contact);
  const tone = isLoading && contact === undefined ? 'info' : toneOf(arrival, contact, warnings);
  const sender = shown.manifest?.sender;

  return (
    <TrustSentence tone={tone} size={size} facts={factsOf()} isOpenAtFirst={tone === 'bad'}>
      <Trans
        t={t}
        i18nKey="arrival.signed"
        components={{
          who: (
            <Who
              name={contact?.name ?? arrival.senderName}
              organisation={contact?.organisation ?? sender?.organisation}
              country={contact?.country ?? sender?.country}
            />
          ),
        }}
      />{' '}
      {contact !== undefined && trustOf(contact)} {t('arrival.intact', { count: shown.files })}{' '}
      {warnings.length > 0 && t('arrival.warnings', { count: warnings.length })}
    </TrustSentence>
  );

  function trustOf(of: Contact): string {
    if (of.blocked !== undefined) return t('arrival.blocked');
    if (of.conflictsWith !== undefined) return t('arrival.conflict');
    return compared(of.verification);
  }

  function factsOf(): readonly Fact[] {
    return [
      ...warnings.map((code, index): Fact => ({
        term: t('arrival.fact.warning', { number: index + 1 }),
        value: warningText(code),
      })),
      ...(arrival.approvals ?? []).map(({ name, known }): Fact => ({
        term: t('arrival.fact.agreed'),
        value: t(known ? 'arrival.agreedKnown' : 'arrival.agreedUnknown', { name }),
      })),
      { term: t('arrival.fact.signed'), value: formats.exact(arrival.signedAt) },
      { term: t('arrival.fact.arrived'), value: formats.exact(arrival.at) },
      {
        term: t('arrival.fact.fingerprint'),
        value: writtenOf(fingerprint),
        isMono: true,
        copy: writtenOf(fingerprint),
      },
      ...(contact?.verification?.note === undefined
        ? []
        : [{ term: t('arrival.fact.note'), value: contact.verification.note }]),
      { term: t('arrival.fact.ledger'), value: t(`arrival.witnessed.${arrival.witnessed}`) },
      ...(shown.manifestDigest === undefined
        ? []
        : [
            {
              term: t('arrival.fact.manifest'),
              value: shown.manifestDigest,
              isMono: true,
              copy: shown.manifestDigest,
            },
          ]),
      ...(shown.sealed === undefined
        ? []
        : [
            {
              term: t('arrival.fact.sealed'),
              value: shown.sealed.digest,
              isMono: true,
              copy: shown.sealed.digest,
            },
            { term: t('arrival.fact.form'), value: t(`form.${shown.sealed.profile}`) },
          ]),
    ];
  }
}

/** What was warned of at arrival, without what has been settled since. */
function warningsNow(arrival: Arrival, contact: Contact | undefined): readonly string[] {
  return arrival.warnings.filter(
    (code) =>
      !(code === 'signer-unverified' && contact?.verification !== undefined) &&
      !(code === 'signer-conflict' && contact !== undefined && contact.conflictsWith === undefined),
  );
}

function toneOf(
  arrival: Arrival,
  contact: Contact | undefined,
  warnings: readonly string[],
): Exclude<Tone, 'neutral'> {
  const isForked = arrival.witnessed === 'inconsistent' || arrival.witnessed === 'smaller';
  const isDoubtful = contact?.blocked !== undefined || contact?.conflictsWith !== undefined;
  if (isForked || isDoubtful || warnings.includes('signer-conflict')) return 'bad';
  return warnings.length > 0 || contact?.verification === undefined ? 'warn' : 'ok';
}
