import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, useFormats } from '../../ui/index.ts';
import type { SampleStep } from './Samples.tsx';

export interface SampleColumnProps {
  readonly side: 'sender' | 'receiver';
  readonly steps: readonly SampleStep[];
  readonly children: ReactNode;
}

/** What one of the two offices did, line by line, with the figures of this run. */
export function SampleColumn({ side, steps, children }: SampleColumnProps) {
  const { t } = useTranslation('vault');
  const formats = useFormats();
  const facts = ({ facts: given }: SampleStep) => ({
    ...given,
    size: formats.bytes(Number(given['bytes'] ?? 0)),
    count: Number(given['files'] ?? given['receipts'] ?? given['entries'] ?? 0),
    short: String(given['sha256'] ?? given['fingerprint'] ?? given['root'] ?? '').slice(0, 16),
  });
  return (
    <section className="v-panel v-samples-side" aria-label={t(`samples.side.${side}`)}>
      <header className="v-panel-head">
        <h2>{t(`samples.side.${side}`)}</h2>
      </header>
      <ol className="v-samples-steps">
        {steps.map((step, index) => (
          <li key={index} data-code={step.code}>
            <span className={step.code === 'sealed' ? 'v-samples-seal' : 'v-tone-ok'}>
              <Icon name={step.code === 'sealed' ? 'stamp' : 'check'} />
            </span>
            <span>{t(`samples.step.${step.code}` as never, facts(step))}</span>
          </li>
        ))}
      </ol>
      <footer className="v-samples-end">{children}</footer>
    </section>
  );
}
