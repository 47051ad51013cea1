import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { cx } from './classes.ts';
import { Icon } from './Icon.tsx';
import './Panel.css';

export interface PanelProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Off for tables and lists, which bring their own edges. */
  readonly isPadded?: boolean;
  readonly className?: string;
}

/** A sheet on the paper. */
export function Panel({ title, actions, children, isPadded = true, className }: PanelProps) {
  const id = useId();
  return (
    <section
      className={cx('v-panel', className)}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {(title !== undefined || actions !== undefined) && (
        <header className="v-panel-head">
          {title !== undefined && <h2 id={id}>{title}</h2>}
          {actions !== undefined && <div className="v-panel-actions">{actions}</div>}
        </header>
      )}
      <div className={cx('v-panel-body', isPadded && 'v-panel-padded')}>{children}</div>
    </section>
  );
}

export interface SectionProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen, straight on the paper. */
export function Section({ title, description, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className="v-section" aria-labelledby={id}>
      <header className="v-section-head">
        <div>
          <h2 id={id}>{title}</h2>
          {description !== undefined && <div className="v-muted v-measure">{description}</div>}
        </div>
        {actions !== undefined && <div className="v-panel-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

export interface FoldProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
}

/** Something that is there when asked for. Printed open. */
export function Fold({ title, children, isOpenAtFirst = false }: FoldProps) {
  return (
    <Disclosure className="v-fold" defaultExpanded={isOpenAtFirst}>
      <div className="v-fold-heading">
        <Button slot="trigger" className="v-fold-button">
          <Icon name="next" />
          {title}
        </Button>
      </div>
      <DisclosurePanel className="v-fold-panel">
        <div className="v-fold-content">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}
