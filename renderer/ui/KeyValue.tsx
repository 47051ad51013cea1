import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { cx } from './classes.ts';
import { CopyButton } from './CopyButton.tsx';
import './KeyValue.css';

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
  /** Digests, codes, identifiers. */
  readonly isMono?: boolean;
  /** The text to offer for copying. */
  readonly copy?: string;
}

export interface KeyValueProps {
  readonly facts: readonly Fact[];
  /** Terms above their values, for narrow columns. */
  readonly isStacked?: boolean;
}

/** Facts with their names. */
export function KeyValue({ facts, isStacked = false }: KeyValueProps) {
  return (
    <dl className={cx('v-facts', isStacked && 'v-facts-stacked')}>
      {facts.map((fact) => (
        <Fragment key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>
            <span className={cx(fact.isMono === true && 'v-mono v-wrap-anywhere')}>
              {fact.value}
            </span>
            {fact.copy !== undefined && <CopyButton text={fact.copy} />}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
