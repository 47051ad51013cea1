import type { ReactNode } from 'react';
import { useFormats, useTexts } from './format.ts';
import { ValiseMark } from './Mark.tsx';
import './Sheet.css';

export interface SheetProps {
  /** What this paper is: "Recovery code". */
  readonly title: string;
  /** Whose it is: the office. */
  readonly issuer?: string;
  /** Its number or its file reference. */
  readonly reference?: string;
  /** When it was made (an instant). */
  readonly at: string;
  readonly children: ReactNode;
}

/** A page worth filing: a certificate, a recovery code, a package. The same on screen and on paper. */
export function Sheet({ title, issuer, reference, at, children }: SheetProps) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <article className="v-sheet">
      <header className="v-sheet-head">
        <ValiseMark size={32} />
        <div>
          {issuer !== undefined && <p className="v-sheet-issuer">{issuer}</p>}
          <h1>{title}</h1>
        </div>
        {reference !== undefined && <p className="v-sheet-reference v-mono">{reference}</p>}
      </header>
      <div className="v-sheet-body">{children}</div>
      <footer className="v-sheet-foot">{t('sheet.made', { date: formats.exact(at) })}</footer>
    </article>
  );
}
