import { useTranslation } from 'react-i18next';
import { CheckboxField, CodePicker, Section, TextArea } from '../../ui/index.ts';
import { useVocabularies, type Vocabularies } from '../packages/index.ts';
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
        <CodePicker
          label={t('why.instrument')}
          entries={lists.entries('instrument')}
          value={form.instrument === null ? [] : [form.instrument]}
          onChange={([instrument]) => {
            edit({ instrument: instrument ?? null });
          }}
          isSingle
        />
        <CodePicker
          label={t('why.legalBasis')}
          entries={lists.entries('legal-basis')}
          value={form.legalBasis}
          onChange={(legalBasis) => {
            edit({ legalBasis });
          }}
        />
        <CodePicker
          label={t('why.transferBasis')}
          description={t('why.transferBasisHint')}
          isOptional
          entries={lists.entries('transfer-basis')}
          value={form.transferBasis}
          onChange={(transferBasis) => {
            edit({ transferBasis });
          }}
        />
        <CodePicker
          label={t('why.purposeCodes')}
          isOptional
          entries={lists.entries('purpose')}
          value={form.purposeCodes}
          onChange={(purposeCodes) => {
            edit({ purposeCodes });
          }}
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
        <OrNone
          list="offence"
          label={t('why.offences')}
          none={t('why.noOffences')}
          value={form.offences}
          onChange={(offences) => {
            edit({ offences });
          }}
          lists={lists}
        />
      </div>
    </Section>
  );
}

/** Codes, or the statement that there is none: an empty list says nothing by itself. */
export function OrNone({
  list,
  label,
  none,
  description,
  value,
  onChange,
  lists,
}: {
  readonly list: string;
  readonly label: string;
  readonly none: string;
  readonly description?: string;
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
  readonly lists: Vocabularies;
}) {
  return (
    <div className="v-compose-stack">
      <CodePicker
        label={label}
        {...(description === undefined ? {} : { description })}
        entries={lists.entries(list)}
        value={value ?? []}
        onChange={(codes) => {
          onChange(codes.length === 0 ? null : codes);
        }}
      />
      {(value === null || value.length === 0) && (
        <CheckboxField
          isSelected={value !== null}
          onChange={(isNone) => {
            onChange(isNone ? [] : null);
          }}
        >
          {none}
        </CheckboxField>
      )}
    </div>
  );
}
