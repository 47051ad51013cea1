import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CodePicker, DateField, RadioGroup, Section, TextField } from '../../ui/index.ts';
import type { Vocabularies } from '../packages/index.ts';
import { TLP } from './form.ts';
import type { StepProps } from './WhyStep.tsx';

/** What the other side may do with it, and until when it may keep it. */
export function WhyKeeping({ form, edit, lists }: StepProps & { readonly lists: Vocabularies }) {
  const { t } = useTranslation('compose');
  return (
    <Section title={t('why.keeping')}>
      <div className="v-compose-fields">
        <RadioGroup
          label={t('why.tlp')}
          choices={TLP.map((id) => {
            const label = lists.item('tlp', id)?.label;
            return { id, label: t('tlp', { id }), ...(label ? { description: label } : {}) };
          })}
          value={form.tlp}
          onChange={(tlp) => {
            edit({ tlp });
          }}
        />
        <div className="v-compose-stack">
          {form.tlp !== null && (
            <Caveats
              caveats={form.caveats}
              lists={lists}
              onChange={(caveats) => {
                edit({ caveats });
              }}
            />
          )}
          <DateField
            label={t('why.deleteBy')}
            description={t('why.deleteByHint')}
            value={form.deleteBy}
            onChange={(deleteBy) => {
              edit({ deleteBy });
            }}
            min={new Date().toISOString().slice(0, 10)}
          />
          {form.deleteBy !== null && (
            <RadioGroup
              label={t('why.action')}
              isHorizontal
              choices={[
                { id: 'destroy', label: t('action.destroy') },
                { id: 'return', label: t('action.return') },
              ]}
              value={form.retentionAction}
              onChange={(retentionAction) => {
                edit({ retentionAction });
              }}
            />
          )}
        </div>
      </div>
    </Section>
  );
}

/** Handling codes, and caveats in own words. */
function Caveats({
  caveats,
  lists,
  onChange,
}: {
  readonly caveats: readonly string[];
  readonly lists: Vocabularies;
  readonly onChange: (caveats: readonly string[]) => void;
}) {
  const { t } = useTranslation('compose');
  const [text, setText] = useState('');
  const own = caveats.filter((caveat) => lists.item('handling', caveat) === undefined);
  const entries = [
    ...lists.entries('handling'),
    ...own.map((caveat) => ({ code: caveat, label: t('why.ownCaveat') })),
  ];
  const add = () => {
    const caveat = text.trim();
    if (caveat !== '' && !caveats.includes(caveat)) onChange([...caveats, caveat]);
    setText('');
  };
  return (
    <>
      <CodePicker
        label={t('why.caveats')}
        isOptional
        entries={entries}
        value={caveats}
        onChange={onChange}
      />
      <div className="v-compose-line">
        <TextField
          label={t('why.caveatText')}
          isOptional
          value={text}
          onChange={setText}
          maxLength={200}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <Button onPress={add}>{t('why.caveatAdd')}</Button>
      </div>
    </>
  );
}
