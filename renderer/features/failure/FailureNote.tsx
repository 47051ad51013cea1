import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../preload/contract/kinds.ts';
import { ErrorNote } from '../../ui/index.ts';

/** A failure of the office in the window's own words, or in the office's where it has none. */
export function FailureNote({
  failure,
  actions,
}: {
  readonly failure: Failure | undefined;
  readonly actions?: ReactNode;
}) {
  const { t, i18n } = useTranslation('failures');
  if (!failure) return null;
  const key = `${failure.code}.message`;
  const params = { ...failure.params };
  const isKnown = i18n.exists(key, { ns: 'failures' });
  const happened = isKnown ? t(key as never, params) : failure.message;
  const hint = i18n.exists(`${failure.code}.hint`, { ns: 'failures' })
    ? t(`${failure.code}.hint` as never, params)
    : failure.hint;
  return (
    <ErrorNote
      happened={happened}
      {...(hint === undefined ? {} : { next: hint })}
      code={failure.code}
      {...(failure.incident === undefined ? {} : { incident: failure.incident })}
      {...(actions === undefined ? {} : { actions })}
    />
  );
}
