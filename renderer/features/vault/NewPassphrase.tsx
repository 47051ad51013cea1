import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField, StrengthMeter } from '../../ui/index.ts';
import { estimate, type Estimate } from './strength.ts';

export interface NewPassphraseProps {
  /** Where another passphrase stands beside it. */
  readonly label?: string;
  readonly again?: string;
  readonly firstRef: RefObject<HTMLInputElement | null>;
  readonly secondRef: RefObject<HTMLInputElement | null>;
  readonly error?: string | undefined;
}

/** A new passphrase, typed twice, with an honest word on how long guessing takes. */
export function NewPassphrase({ label, again, firstRef, secondRef, error }: NewPassphraseProps) {
  const { t } = useTranslation('vault');
  const [strength, setStrength] = useState<Estimate>();
  return (
    <>
      <PasswordField
        label={label ?? t('passphrase.label')}
        description={t('passphrase.description')}
        inputRef={firstRef}
        autoComplete="new-password"
        error={error}
        onType={(text) => {
          void estimate(text).then(setStrength);
        }}
        meter={
          <StrengthMeter score={strength?.score}>
            {strength !== undefined && t(`passphrase.guessing.${strength.score}`)}
          </StrengthMeter>
        }
      />
      <PasswordField
        label={again ?? t('passphrase.again')}
        inputRef={secondRef}
        autoComplete="new-password"
      />
    </>
  );
}

const SHORTEST = 12;

/** What is wrong with what was typed, as a key of the catalogue; undefined when nothing is. */
export function passphraseFault(first: string, second: string): 'short' | 'differs' | undefined {
  if (first.length < SHORTEST) return 'short';
  return first === second ? undefined : 'differs';
}
