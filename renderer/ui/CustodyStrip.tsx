import type { CSSProperties } from 'react';
import { useFormats, useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import type { Tone } from './tone.ts';
import './CustodyStrip.css';

/** How far a stamp can be trusted. */
export type StampSignature = 'signed' | 'receipt' | 'recorded' | 'failed' | 'none';

export interface Stamp {
  readonly id: string;
  /** Whose act it is: ours stands above the line, theirs below. */
  readonly side: 'ours' | 'theirs';
  /** What was done, or what is due: "Sealed". */
  readonly act: string;
  /** When it was done (an instant). Without it the stamp is open. */
  readonly at?: string;
  /** When it is due (a calendar date), for an open stamp. */
  readonly due?: string;
  readonly person?: string;
  readonly signature?: StampSignature;
}

export interface CustodyStripProps {
  /** Whose life this is: "Custody of package 0192aa4e". */
  readonly label: string;
  /** In order of time; the open ones last. */
  readonly stamps: readonly Stamp[];
}

const SIGNATURES: Readonly<Record<StampSignature, { icon: IconName; tone: Tone }>> = {
  signed: { icon: 'check', tone: 'ok' },
  receipt: { icon: 'receipt', tone: 'ok' },
  recorded: { icon: 'edit', tone: 'warn' },
  failed: { icon: 'stop', tone: 'bad' },
  none: { icon: 'dot', tone: 'neutral' },
};

/** The life of a package as a line of stamps: ours above, theirs below, what is due at the end. */
export function CustodyStrip({ label, stamps }: CustodyStripProps) {
  const t = useTexts();
  return (
    <section className="v-custody" aria-label={label}>
      <div className="v-custody-row">
        <div className="v-custody-sides" aria-hidden="true">
          <span>{t('custody.ours')}</span>
          <span>{t('custody.theirs')}</span>
        </div>
        <ol className="v-custody-line" style={{ '--stamps': stamps.length } as CSSProperties}>
          {stamps.map((stamp, index) => (
            <li
              key={stamp.id}
              className="v-custody-step"
              data-side={stamp.side}
              data-open={stamp.at === undefined || undefined}
              style={{ gridColumn: index + 1 }}
            >
              <StampCard stamp={stamp} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function StampCard({ stamp }: { readonly stamp: Stamp }) {
  const t = useTexts();
  const formats = useFormats();
  const signature = stamp.at === undefined ? undefined : (stamp.signature ?? 'none');
  const look = signature === undefined ? undefined : SIGNATURES[signature];
  return (
    <div className="v-stamp" data-tone={look?.tone ?? 'open'}>
      <span className="v-stamp-side">{t(`custody.${stamp.side}`)}</span>
      <b className="v-stamp-act">{stamp.act}</b>
      <span className="v-stamp-facts">
        {stamp.at === undefined ? (
          <span className="v-stamp-when">
            {stamp.due === undefined
              ? t('custody.open')
              : t('custody.due', { date: formats.date(stamp.due) })}
          </span>
        ) : (
          <time className="v-stamp-when" dateTime={stamp.at} title={formats.exact(stamp.at)}>
            {formats.moment(stamp.at)}
          </time>
        )}
        {stamp.person !== undefined && <span className="v-stamp-person">{stamp.person}</span>}
      </span>
      {signature !== undefined && look !== undefined && (
        <span className={`v-stamp-signature v-tone-${look.tone}`}>
          <Icon name={look.icon} />
          {t(`custody.signature.${signature}`)}
        </span>
      )}
    </div>
  );
}
