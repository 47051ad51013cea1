import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components';
import type { SearchFieldProps as AriaSearchFieldProps } from 'react-aria-components';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './Field.css';
import './Button.css';

export interface SearchFieldProps extends Omit<
  AriaSearchFieldProps,
  'children' | 'className' | 'style' | 'render' | 'aria-label'
> {
  /** What is searched: the accessible name, and the placeholder. */
  readonly label: string;
}

/** A search box; Escape empties it. */
export function SearchField({ label, ...rest }: SearchFieldProps) {
  const t = useTexts();
  return (
    <AriaSearchField {...rest} aria-label={label} className="v-field v-search">
      {({ isEmpty }) => (
        <span className="v-input-box">
          <Icon name="search" />
          <Input className="v-input-bare" placeholder={label} />
          {!isEmpty && (
            <Button className="v-icon-button" aria-label={t('actions.clear')}>
              <Icon name="close" />
            </Button>
          )}
        </span>
      )}
    </AriaSearchField>
  );
}
