import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ComboBox, DateField, SearchField, Select, TagList } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { isBackwards, narrowedOf, without } from './filter.ts';
import { ACT_GROUPS, EVERYTHING, NARROWED, type ActGroup, type Filter } from './types.ts';
import { useChoices, type Chosen } from './use-choices.ts';

const CHOSEN: readonly Chosen[] = [
  'actor',
  'contact',
  'case',
  'package',
  'type',
  'outcome',
  'country',
];

export interface FiltersProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** What the list is narrowed to: words and acts at once, the rest when asked for, each as a tag. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation('history');
  const panel = useId();
  const [isOpen, setOpen] = useState(false);
  const narrowed = narrowedOf(filter);
  const { choices, hasChoices, wordOf, failure } = useChoices(
    isOpen || CHOSEN.some((name) => filter[name] !== undefined),
  );
  const set = (patch: Partial<Filter>) => {
    onChange({ ...filter, ...patch });
  };
  return (
    <div className="v-history-narrow">
      <div className="v-history-filters" role="search">
        <SearchField
          label={t('search')}
          value={filter.text}
          onChange={(text) => {
            set({ text });
          }}
        />
        <Select<ActGroup>
          label={t('acts')}
          isCompact
          choices={ACT_GROUPS.map((id) => ({ id, label: t(`group.${id}`) }))}
          value={filter.acts}
          onChange={(acts) => {
            set({ acts, type: undefined });
          }}
        />
        {hasChoices && (
          <Button
            aria-expanded={isOpen}
            aria-controls={panel}
            onPress={() => {
              setOpen(!isOpen);
            }}
          >
            {t(isOpen ? 'filter.fewer' : 'filter.more')}
          </Button>
        )}
      </div>
      <div id={panel} role="group" aria-label={t('filter.panel')} hidden={!isOpen}>
        {isOpen && (
          <div className="v-history-more">
            <FailureNote failure={failure} />
            <DateField
              label={t('filter.from')}
              value={filter.from ?? null}
              onChange={(from) => {
                set({ from: from ?? undefined });
              }}
            />
            <DateField
              label={t('filter.to')}
              value={filter.to ?? null}
              onChange={(to) => {
                set({ to: to ?? undefined });
              }}
              error={isBackwards(filter) ? t('filter.backwards') : undefined}
            />
            {CHOSEN.map((name) => (
              <ComboBox
                key={name}
                label={t(`filter.${name}`)}
                choices={choices[name]}
                value={filter[name] ?? null}
                onChange={(chosen) => {
                  set({
                    [name]: chosen ?? undefined,
                    ...(name === 'type' && chosen !== null ? { acts: 'all' } : {}),
                  });
                }}
              />
            ))}
          </div>
        )}
      </div>
      {narrowed.length > 0 && (
        <div className="v-history-tags">
          <TagList
            label={t('filter.active')}
            tags={narrowed.map((name) => ({
              id: name,
              text: t(`filter.tag.${name}`, { value: wordOf(filter, name) }),
            }))}
            onRemove={(id) => {
              const name = NARROWED.find((known) => known === id);
              if (name !== undefined) onChange(without(filter, name));
            }}
          />
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              onChange(EVERYTHING);
            }}
          >
            {t('filter.clear')}
          </Button>
        </div>
      )}
    </div>
  );
}
