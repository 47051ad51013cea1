import { Button, Tag as AriaTag, TagGroup, TagList as AriaTagList } from 'react-aria-components';
import type { ReactNode } from 'react';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { TONE_ICON } from './tone.ts';
import type { Tone } from './tone.ts';
import './Tag.css';

export interface TagProps {
  readonly children: ReactNode;
  /** A code in front of the words. */
  readonly code?: string;
  /** A tone other than neutral brings its icon. */
  readonly tone?: Tone;
}

/** A small fact: a category, a handling code, a count. */
export function Tag({ children, code, tone = 'neutral' }: TagProps) {
  return (
    <span className="v-tag" data-tone={tone}>
      {tone !== 'neutral' && <Icon name={TONE_ICON[tone]} />}
      {code !== undefined && <span className="v-mono">{code}</span>}
      <span>{children}</span>
    </span>
  );
}

/** A row of tags that are only read. */
export function Tags({ children }: { readonly children: ReactNode }) {
  return <div className="v-tags">{children}</div>;
}

export interface TagItem {
  readonly id: string;
  readonly text: string;
  readonly code?: string;
  readonly tone?: Tone;
}

export interface TagListProps {
  readonly label: string;
  readonly tags: readonly TagItem[];
  readonly onRemove: (id: string) => void;
}

/** Tags that can be taken away: arrow keys to walk, Backspace or Delete to remove. */
export function TagList({ label, tags, onRemove }: TagListProps) {
  const t = useTexts();
  return (
    <TagGroup
      aria-label={label}
      onRemove={(keys) => {
        for (const key of keys) onRemove(String(key));
      }}
    >
      <AriaTagList className="v-tags" items={tags}>
        {(tag) => (
          <AriaTag
            id={tag.id}
            textValue={tag.text}
            className="v-tag v-tag-removable"
            data-tone={tag.tone ?? 'neutral'}
          >
            {tag.tone !== undefined && <Icon name={TONE_ICON[tag.tone]} />}
            {tag.code !== undefined && <span className="v-mono">{tag.code}</span>}
            <span>{tag.text}</span>
            <Button
              slot="remove"
              className="v-tag-remove"
              aria-label={t('actions.remove', { name: tag.text })}
            >
              <Icon name="close" />
            </Button>
          </AriaTag>
        )}
      </AriaTagList>
    </TagGroup>
  );
}
