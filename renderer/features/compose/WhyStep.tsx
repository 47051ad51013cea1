import { useTranslation } from 'react-i18next';
import { Section, TextArea } from '../../ui/index.ts';
import { useVocabularies, type Vocabularies } from '../packages/index.ts';
import { Codes, CodesOrNone, OneCode } from './Codes.tsx';
import type { Form } from './form.ts';
import { WhyData } from './WhyData.tsx';
import { WhyKeeping } from './WhyKeeping.tsx';

export interface StepProps {
  readonly form: Form;
  readonly edit: (patch: Partial<Form>) => void;
}

/** Why it may be given: the law, the purpose, the data, and what may be done with it. */
export function WhyStep({ form, edit }: StepProps) {
  const lists = useVocabularies();
  return (
    <div className="v-compose-form">
      <Law form={form} edit={edit} lists={lists} />
      <WhyData form={form} edit={edit} lists={lists} />
      <WhyKeeping form={form} edit={edit} lists={lists} />
    </div>
  );
}

function Law({ form, edit, lists }: StepProps & { readonly lists: Vocabularies }) {
  const { t } = useTranslation('compose');
  return (
    <Section title={t('why.law')} description={t('why.lawHint')}>
      <div className="v-compose-fields">
        <OneCode
          label={t('why.instrument')}
          entries={lists.entries('instrument')}
          field="instrument"
          value={form.instrument}
          edit={edit}
        />
        <Codes
          label={t('why.legalBasis')}
          entries={lists.entries('legal-basis')}
          field="legalBasis"
          value={form.legalBasis}
          edit={edit}
        />
        <Codes
          label={t('why.transferBasis')}
          description={t('why.transferBasisHint')}
          isOptional
          entries={lists.entries('transfer-basis')}
          field="transferBasis"
          value={form.transferBasis}
          edit={edit}
        />
        <CodesOrNone
          label={t('why.offences')}
          none={t('why.noOffences')}
          entries={lists.entries('offence')}
          field="offences"
          value={form.offences}
          edit={edit}
        />
        <div className="v-compose-wide">
          <TextArea
            label={t('why.purpose')}
            description={t('why.purposeHint')}
            value={form.purpose}
            onChange={(purpose) => {
              edit({ purpose });
            }}
            rows={3}
            maxLength={2000}
          />
        </div>
        <Codes
          label={t('why.purposeCodes')}
          isOptional
          entries={lists.entries('purpose')}
          field="purposeCodes"
          value={form.purposeCodes}
          edit={edit}
        />
      </div>
    </Section>
  );
}
