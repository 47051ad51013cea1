import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import './PageHeader.css';

export interface PageHeaderProps {
  readonly title: string;
  /** Where we are: "Case SN-2026-17 · draft saved 11:12". */
  readonly eyebrow?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly label: string; readonly onPress: () => void };
}

/** The head of a screen. */
export function PageHeader({ title, eyebrow, description, actions, back }: PageHeaderProps) {
  return (
    <header className="v-head">
      {back !== undefined && (
        <IconButton icon="back" label={back.label} onPress={back.onPress} className="v-head-back" />
      )}
      <div className="v-head-text">
        {eyebrow !== undefined && <div className="v-caption v-muted">{eyebrow}</div>}
        <h1>{title}</h1>
        {description !== undefined && <div className="v-muted v-measure">{description}</div>}
      </div>
      {actions !== undefined && <div className="v-head-actions">{actions}</div>}
    </header>
  );
}
