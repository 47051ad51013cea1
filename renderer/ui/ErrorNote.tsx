import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './ErrorNote.css';

export interface ErrorNoteProps {
  /** What happened, as a sentence. */
  readonly happened: string;
  /** What was kept: the work that is not lost. */
  readonly kept?: string;
  /** What to do. */
  readonly next?: string;
  /** The code of the error, for whoever helps. */
  readonly code?: string;
  /** The number of the incident, when it was our own fault. */
  readonly incident?: string;
  readonly actions?: ReactNode;
}

/** A failure, told so that a person can go on. */
export function ErrorNote({ happened, kept, next, code, incident, actions }: ErrorNoteProps) {
  const t = useTexts();
  const marks = [
    code !== undefined && t('error.code', { code }),
    incident !== undefined && t('error.incident', { incident }),
  ].filter((mark) => mark !== false);
  return (
    <div className="v-error" role="alert">
      <Icon name="stop" size={20} label={t('tone.bad')} className="v-tone-bad" />
      <div className="v-error-text">
        <p className="v-error-happened">{happened}</p>
        {kept !== undefined && (
          <p>
            <b>{t('error.kept')}</b> {kept}
          </p>
        )}
        {next !== undefined && (
          <p>
            <b>{t('error.next')}</b> {next}
          </p>
        )}
        {actions !== undefined && <div className="v-error-actions">{actions}</div>}
        {marks.length > 0 && (
          <p className="v-error-code">
            <span className="v-mono">{marks.join(' · ')}</span>
            <CopyButton text={marks.join(' · ')} label={t('error.copyCode')} />
          </p>
        )}
      </div>
    </div>
  );
}
