import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRole } from '../../store/use-role.ts';
import { DateField } from '../../ui/index.ts';
import { BothSides } from './BothSides.tsx';
import { SavedViews } from './SavedViews.tsx';
import { SaveList } from './SaveList.tsx';
import { useEntrySource } from './source.ts';
import type { Filter } from './types.ts';

export interface ListActsProps {
  readonly filter: Filter;
  readonly count: number;
  readonly onChange: (filter: Filter) => void;
  /** Goes to a calendar day; absent where the source does not know its days. */
  readonly onDay?: (day: string) => void;
}

/** What can be done with the list as a whole. */
export function ListActs({ filter, count, onChange, onDay }: ListActsProps) {
  const { t } = useTranslation('history');
  const role = useRole();
  const { list } = useEntrySource();
  const [day, setDay] = useState<string | null>(null);
  if (onDay === undefined) return null;
  return (
    <div className="v-history-acts">
      <DateField
        label={t('go.label')}
        value={day}
        onChange={(chosen) => {
          setDay(chosen);
          if (chosen !== null) onDay(chosen);
        }}
      />
      {/* Views rest in the part of the vault that an auditor has no key to. */}
      {list !== undefined && role !== 'auditor' && (
        <SavedViews filter={filter} onChange={onChange} />
      )}
      <SaveList filter={filter} count={count} />
      {filter.package !== undefined && <BothSides key={filter.package} package={filter.package} />}
    </div>
  );
}
