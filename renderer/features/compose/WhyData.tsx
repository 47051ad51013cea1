import { useTranslation } from 'react-i18next';
import {
  DateField,
  NumberField,
  RadioGroup,
  Section,
  StatusBadge,
  TextArea,
  TextField,
  useFormats,
} from '../../ui/index.ts';
import type { Vocabularies } from '../packages/index.ts';
import { CodesOrNone } from './Codes.tsx';
import { isReferenceHash, METHODS } from './form.ts';
import type { StepProps } from './WhyStep.tsx';

/** What the data are, whom they are about, and where they were found. */
export function WhyData({ form, edit, lists }: StepProps & { readonly lists: Vocabularies }) {
  const { t } = useTranslation('compose');
  const { list } = useFormats();
  const special = (form.dataCategories ?? []).flatMap((code) => {
    const item = lists.item('data-category', code);
    return item?.special === true ? [item.label] : [];
  });
  return (
    <Section title={t('why.data')}>
      <div className="v-compose-fields">
        <div className="v-compose-stack">
          <CodesOrNone
            label={t('why.categories')}
            none={t('why.noCategories')}
            entries={lists.entries('data-category')}
            field="dataCategories"
            value={form.dataCategories}
            edit={edit}
          />
          {special.length > 0 && (
            <StatusBadge tone="warn">
              {t('why.special', { count: special.length, names: list(special) })}
            </StatusBadge>
          )}
        </div>
        <div className="v-compose-stack">
          <RadioGroup
            label={t('why.affected')}
            isHorizontal
            choices={METHODS.map((id) => ({ id, label: t(`method.${id}`) }))}
            value={form.affectedMethod}
            onChange={(affectedMethod) => {
              edit({ affectedMethod });
            }}
          />
          {form.affectedMethod !== null && form.affectedMethod !== 'unknown' && (
            <NumberField
              label={t('why.affectedCount')}
              value={form.affectedCount}
              onChange={(affectedCount) => {
                edit({ affectedCount });
              }}
              min={0}
            />
          )}
        </div>
        <div className="v-compose-wide">
          <TextArea
            label={t('why.origin')}
            description={t('why.originHint')}
            value={form.originHow}
            onChange={(originHow) => {
              edit({ originHow });
            }}
            rows={2}
            maxLength={2000}
          />
        </div>
        {form.originHow.trim() !== '' && (
          <>
            <DateField
              label={t('why.seizedAt')}
              isOptional
              value={form.seizedAt}
              onChange={(seizedAt) => {
                edit({ seizedAt });
              }}
            />
            <TextField
              label={t('why.custodian')}
              isOptional
              value={form.custodian}
              onChange={(custodian) => {
                edit({ custodian });
              }}
              maxLength={200}
            />
            <div className="v-compose-wide">
              <TextField
                label={t('why.referenceHash')}
                description={t('why.referenceHashHint')}
                isOptional
                isMono
                value={form.referenceHash}
                onChange={(referenceHash) => {
                  edit({ referenceHash });
                }}
                {...(isReferenceHash(form.referenceHash)
                  ? {}
                  : { error: t('why.referenceHashWrong') })}
              />
            </div>
          </>
        )}
      </div>
    </Section>
  );
}
