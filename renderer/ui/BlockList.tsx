import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './BlockList.css';

export interface Block {
  readonly id: string;
  /** What is missing, as a sentence. */
  readonly text: ReactNode;
  /** The one act that mends it; none when only another person can. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
  /** A stop cannot be mended on this screen; a warning can. */
  readonly tone?: 'warn' | 'bad';
}

export interface BlockListProps {
  readonly blocks: readonly Block[];
  /** Said when nothing is left. */
  readonly whenNone?: ReactNode;
}

/** What still blocks, each line with the act that mends it. */
export function BlockList({ blocks, whenNone }: BlockListProps) {
  const t = useTexts();
  if (blocks.length === 0) {
    return (
      <p className="v-blocks-none v-tone-ok">
        <Icon name="check" />
        {whenNone ?? t('blocks.none')}
      </p>
    );
  }
  return (
    <ul className="v-blocks">
      {blocks.map((block) => (
        <li key={block.id}>
          <Icon
            name={block.tone === 'bad' ? 'stop' : 'warning'}
            label={t(`tone.${block.tone ?? 'warn'}`)}
            className={`v-tone-${block.tone ?? 'warn'}`}
          />
          <span className="v-blocks-text">{block.text}</span>
          {block.action !== undefined && (
            <Button size="small" onPress={block.action.onAction}>
              {block.action.label}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
