import { useEffect, useState } from 'react';
import { useTexts } from './format.ts';
import { IconButton } from './IconButton.tsx';

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy the fingerprint". */
  readonly label?: string;
}

const SHOWN_MS = 2000;

/** Copies a text that is no secret, and says whether it did. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useTexts();
  const [result, setResult] = useState<'copied' | 'copyFailed'>();
  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setResult('copied'),
      () => setResult('copyFailed'),
    );
  };
  return (
    <>
      <IconButton
        icon={result === 'copied' ? 'check' : 'copy'}
        label={result === undefined ? (label ?? t('actions.copy')) : t(`actions.${result}`)}
        onPress={copy}
      />
      <span className="v-hidden" role="status">
        {result === undefined ? '' : t(`actions.${result}`)}
      </span>
    </>
  );
}
