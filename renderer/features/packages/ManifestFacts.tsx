import { useTranslation } from 'react-i18next';
import { Fold, KeyValue, Section, Tag, Tags, useFormats, type Fact } from '../../ui/index.ts';
import { FileList } from './FileList.tsx';
import type { Manifest, PackageView } from './types.ts';
import { useVocabularies } from './use-vocabularies.ts';
import { Who } from './Who.tsx';

const QUESTIONS = [
  'ownership',
  'consentOrInterest',
  'recipientIdentity',
  'minimisation',
  'necessity',
  'harmToIndividuals',
  'onwardTransfer',
] as const;

/** What the sender signed: why, what, for how long; the rest folded. */
export function ManifestFacts({
  manifest,
  bytes,
  contents,
}: {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly contents: PackageView['contents'];
}) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const lists = useVocabularies();
  const { handling, retention, affectedIndividuals: affected, origin } = manifest;
  const labels = (list: string, codes: readonly string[]) =>
    formats.list(codes.map((code) => lists.item(list, code)?.label ?? code));
  const facts: readonly Fact[] = [
    { term: t('manifest.instrument'), value: labels('instrument', [manifest.instrument]) },
    { term: t('manifest.legalBasis'), value: labels('legal-basis', manifest.legalBasis) },
    ...some('transferBasis', 'transfer-basis', manifest.transferBasis),
    ...some('purposeCodes', 'purpose', manifest.purposeCodes),
    ...some('caveats', 'handling', handling.caveats),
    { term: t('manifest.origin'), value: origin.how },
    ...one('seizedAt', origin.seizedAt && formats.longDate(origin.seizedAt)),
    ...one('custodian', origin.custodian),
    ...(origin.referenceHash === undefined
      ? []
      : [{ term: t('manifest.referenceHash'), value: origin.referenceHash, isMono: true }]),
    ...one('theirReference', manifest.case.theirReference),
    {
      term: t('manifest.sender'),
      value: (
        <Who
          name={manifest.sender.name}
          organisation={manifest.sender.organisation}
          country={manifest.sender.country}
        />
      ),
    },
    {
      term: t('manifest.recipients'),
      value: formats.list(manifest.recipients.map(({ name }) => name)),
    },
    { term: t('manifest.createdAt'), value: formats.exact(manifest.createdAt) },
    { term: t('manifest.id'), value: manifest.id, isMono: true, copy: manifest.id },
  ];

  return (
    <>
      <Section title={t('manifest.why')}>
        <p className="v-measure v-manifest-purpose">{manifest.purpose}</p>
        <p className="v-measure">
          {t(`manifest.until.${retention.action}`, { date: formats.longDate(retention.deleteBy) })}
        </p>
        <Tags>
          <Tag code={t('manifest.tlp')}>{handling.tlp}</Tag>
          {manifest.offences.map((code) => (
            <Tag key={code} code={code}>
              {lists.item('offence', code)?.label ?? t('manifest.unknownCode')}
            </Tag>
          ))}
          {manifest.dataCategories.map((code) => {
            const item = lists.item('data-category', code);
            return item === undefined ? (
              <Tag key={code} code={code}>
                {t('manifest.unknownCode')}
              </Tag>
            ) : (
              <Tag key={code} {...(item.special === true ? { tone: 'warn' } : {})}>
                {item.label}
              </Tag>
            );
          })}
          <Tag>{t(`manifest.affected.${affected.method}`, { count: affected.count })}</Tag>
        </Tags>
        <Fold title={t('manifest.facts')}>
          <KeyValue facts={facts} />
        </Fold>
        <Fold
          title={t('manifest.assessment', { risk: t(`manifest.risk.${manifest.assessment.risk}`) })}
        >
          <KeyValue
            facts={QUESTIONS.map((question) => {
              const { answer, evidence } = manifest.assessment[question];
              return {
                term: t(`manifest.question.${question}`),
                value: t('manifest.answered', { answer: t(`manifest.answer.${answer}`), evidence }),
              };
            })}
          />
        </Fold>
      </Section>
      <FileList
        files={manifest.files}
        bytes={bytes}
        contents={contents}
        what={({ description }) =>
          description ?? <span className="v-muted">{t('files.notSaid')}</span>
        }
      />
    </>
  );

  function one(name: 'seizedAt' | 'custodian' | 'theirReference', value: string | undefined) {
    return value === undefined ? [] : [{ term: t(`manifest.${name}`), value }];
  }

  function some(
    name: 'transferBasis' | 'purposeCodes' | 'caveats',
    list: string,
    codes: readonly string[] | undefined,
  ) {
    return codes === undefined || codes.length === 0
      ? []
      : [{ term: t(`manifest.${name}`), value: labels(list, codes) }];
  }
}
