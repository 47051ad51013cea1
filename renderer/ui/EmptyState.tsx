import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import './EmptyState.css';

export interface EmptyStateProps {
  readonly icon?: IconName;
  /** What this place is for. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The first act, and perhaps a second. */
  readonly actions?: ReactNode;
}

/** A place with nothing in it yet: what it is for, and how to begin. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <section className="v-empty">
      {icon !== undefined && <Icon name={icon} size={24} />}
      <h2>{title}</h2>
      {children !== undefined && <div className="v-empty-text">{children}</div>}
      {actions !== undefined && <div className="v-empty-actions">{actions}</div>}
    </section>
  );
}
