import { useState } from 'react';
import { Button } from './Button.tsx';
import { CheckboxField } from './Choice.tsx';
import { CopyButton } from './CopyButton.tsx';
import { groupsOf, lettersOf, scannedOf, signsOf, writtenOf } from './fingerprint-text.ts';
import { useTexts } from './format.ts';
import { QrCode } from './QrCode.tsx';
import './Fingerprint.css';

export interface FingerprintProps {
  /** Full, hex; 40 signs (v4) or 64 (v6). */
  readonly value: string;
  /** Whose key it is: a person, never a number. */
  readonly name: string;
  /** `full` has the QR code, the spoken list and, when given, the two answers. */
  readonly look?: 'block' | 'full';
  /** Both, or none: somebody has compared it with the owner. */
  readonly onMatch?: () => void;
  readonly onMismatch?: () => void;
}

/**
 * A fingerprint to be compared: groups of four in rows, each a thing of its own to select and to
 * hear; a list to read to each other over the phone; a code for a camera.
 */
export function Fingerprint({
  value,
  name,
  look = 'block',
  onMatch,
  onMismatch,
}: FingerprintProps) {
  const t = useTexts();
  const [isSpoken, setSpoken] = useState(false);
  const groups = groupsOf(value);
  if (look === 'block') return <Groups groups={groups} name={name} />;
  return (
    <section className="v-fingerprint-full" aria-label={t('fingerprint.block', { name })}>
      <div className="v-fingerprint-main">
        {isSpoken ? (
          <SpokenList groups={groups} />
        ) : (
          <>
            <Groups groups={groups} name={name} />
            <QrCode data={scannedOf(value)} label={t('fingerprint.qr', { name })} />
          </>
        )}
      </div>
      <div className="v-fingerprint-actions">
        <Button
          size="small"
          variant="quiet"
          icon={isSpoken ? 'hash' : 'phone'}
          onPress={() => setSpoken(!isSpoken)}
        >
          {isSpoken ? t('fingerprint.grid') : t('fingerprint.spoken')}
        </Button>
        <CopyButton text={writtenOf(value)} />
        <span className="v-fingerprint-answers">
          {onMismatch !== undefined && (
            <Button onPress={onMismatch}>{t('fingerprint.mismatch')}</Button>
          )}
          {onMatch !== undefined && (
            <Button variant="primary" icon="check" onPress={onMatch}>
              {t('fingerprint.match')}
            </Button>
          )}
        </span>
      </div>
    </section>
  );
}

function Groups({ groups, name }: { readonly groups: readonly string[]; readonly name: string }) {
  const t = useTexts();
  return (
    <ol
      className="v-fingerprint"
      dir="ltr"
      data-columns={groups.length === 16 ? 4 : 5}
      aria-label={t('fingerprint.block', { name })}
    >
      {groups.map((group, index) => (
        <li key={index}>
          <span className="v-fingerprint-group" aria-hidden="true">
            {group}
          </span>
          <span className="v-hidden">{lettersOf(group)}</span>
        </li>
      ))}
    </ol>
  );
}

function SpokenList({ groups }: { readonly groups: readonly string[] }) {
  const t = useTexts();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicked(next);
  };
  return (
    <div className="v-spoken">
      <p className="v-caption v-muted">{t('fingerprint.spokenHint')}</p>
      <ol className="v-spoken-list">
        {groups.map((group, index) => (
          <li key={index} data-ticked={ticked.has(index) || undefined}>
            <CheckboxField isSelected={ticked.has(index)} onChange={(on) => tick(index, on)}>
              <span className="v-spoken-group" dir="ltr">
                {group}
              </span>
              <span className="v-spoken-words">
                {signsOf(group)
                  .map((sign) => t(`fingerprint.words.${sign}`))
                  .join(' ')}
              </span>
            </CheckboxField>
          </li>
        ))}
      </ol>
      <p className="v-caption v-muted" role="status">
        {t('fingerprint.compared', { done: ticked.size, count: groups.length })}
      </p>
    </div>
  );
}
