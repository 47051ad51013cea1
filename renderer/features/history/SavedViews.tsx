import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, Menu, type MenuEntry } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { KeepView } from './KeepView.tsx';
import { EVERYTHING, type ActGroup, type Filter, type SavedFilter } from './types.ts';

export interface SavedViewsProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** Filters that were kept under a name: taken up again, kept, forgotten. */
export function SavedViews({ filter, onChange }: SavedViewsProps) {
  const { t } = useTranslation('history');
  const [isKeeping, setKeeping] = useState(false);
  const { value: views = [], failure, reload } = useAnswer(() => bridge.ledger.views(), 'views');
  const drop = useAct((id: string) => bridge.ledger.dropView({ id }));
  const isNarrowed = Object.keys(savedOf(filter)).length > 0;
  const entries: readonly MenuEntry[] = [
    ...views.map((view) => ({
      id: view.id,
      label: view.name,
      icon: 'filter' as const,
      onAction: () => {
        onChange(filterOf(view.filter));
      },
    })),
    ...(views.length === 0 ? [] : (['line'] as const)),
    {
      id: 'keep',
      label: t('views.keep'),
      disabledReason: isNarrowed ? undefined : t('views.nothing'),
      onAction: () => {
        setKeeping(true);
      },
    },
    ...views.map((view) => ({
      id: `drop ${view.id}`,
      label: t('views.drop', { name: view.name }),
      icon: 'trash' as const,
      onAction: () => {
        void drop.run(view.id).then((done) => {
          if (done === undefined) return;
          messages.show({ tone: 'ok', text: t('views.dropped', { name: view.name }) });
          reload();
        });
      },
    })),
  ];
  return (
    <>
      <Menu label={t('views.act')} entries={entries}>
        <Button icon="filter">{t('views.act')}</Button>
      </Menu>
      <FailureNote failure={failure ?? drop.failure} />
      {isKeeping && (
        <KeepView
          filter={savedOf(filter)}
          onClose={() => {
            setKeeping(false);
            reload();
          }}
        />
      )}
    </>
  );
}

/** What is kept of a filter: what it looks for, and nothing that it does not. */
function savedOf({ acts, text, ...exact }: Filter): SavedFilter {
  const given = Object.entries(exact).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as SavedFilter),
    ...(acts === 'all' ? {} : { acts }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  };
}

function filterOf({ text = '', acts = 'all', ...exact }: SavedFilter): Filter {
  return { ...EVERYTHING, ...exact, text, acts: acts as ActGroup };
}
