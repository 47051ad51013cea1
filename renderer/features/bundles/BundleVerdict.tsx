import { useTranslation } from 'react-i18next';
import { Button, Fold, TrustSentence, useFormats, type Fact } from '../../ui/index.ts';
import { ConfirmSigner } from './ConfirmSigner.tsx';
import type { Bundle } from './types.ts';
import './bundles.css';

export interface BundleVerdictProps {
  readonly bundle: Bundle;
  readonly onChange: (bundle: Bundle) => void;
  readonly onClose: () => void;
  /** Beside another bundle: what can wait is folded. */
  readonly isCompact?: boolean;
}

/** What the check of a bundle came to, in a sentence; and whose word it is. */
export function BundleVerdict({
  bundle,
  onChange,
  onClose,
  isCompact = false,
}: BundleVerdictProps) {
  const { t } = useTranslation('bundles');
  const sentence = useVerdict(bundle);
  const facts = useBundleFacts(bundle);
  const { state, size, confirmed, signer } = bundle;
  return (
    <section className="v-bundle" aria-label={bundle.name}>
      <header className="v-bundle-head">
        <h2>{bundle.name}</h2>
        <Button variant="quiet" size="small" icon="close" onPress={onClose}>
          {t('close')}
        </Button>
      </header>
      <TrustSentence tone={toneOf(bundle)} facts={facts}>
        {sentence}
        {bundle.scope === 'part' && ` ${t('verdict.part')}`}
      </TrustSentence>
      {state === 'failed' && (
        <ul className="v-bundle-problems">
          {bundle.problems.map(({ place, code, message }) => (
            <li key={`${place} ${code}`}>
              <strong>{place}</strong> {message} <span className="v-mono v-muted">{code}</span>
            </li>
          ))}
        </ul>
      )}
      {state !== 'failed' && signer !== undefined && confirmed < size && (
        <Fold title={t('confirm.title')} isOpenAtFirst={!isCompact}>
          <ConfirmSigner bundle={bundle} signer={signer} onConfirmed={onChange} />
        </Fold>
      )}
    </section>
  );
}

/** Good only when everything fits and the person knows who signed it. */
function toneOf({ state, confirmed, size }: Bundle): 'ok' | 'warn' | 'bad' {
  if (state === 'failed') return 'bad';
  return state === 'sound' && confirmed === size ? 'ok' : 'warn';
}

function useVerdict(bundle: Bundle): string {
  const { t } = useTranslation('bundles');
  const { state, confirmed, size, entries, signer, confirmedBy, problems } = bundle;
  const nameOf = (owner: Bundle['signer']) =>
    owner?.name ?? owner?.fingerprint.slice(-8) ?? t('verdict.somebody');
  if (state === 'failed') return t('verdict.failed', { count: problems.length });
  if (state === 'unchecked') return t('verdict.unchecked');
  if (confirmed === 0) return t('verdict.unconfirmed', { count: entries, name: nameOf(signer) });
  if (confirmed < size)
    return t('verdict.upTo', {
      name: nameOf(confirmedBy),
      last: confirmed - 1,
      signer: nameOf(signer),
    });
  return t('verdict.confirmed', { count: entries, name: nameOf(confirmedBy) });
}

function useBundleFacts(bundle: Bundle): readonly Fact[] {
  const { t } = useTranslation('bundles');
  const formats = useFormats();
  const { entries, size, root, head, origin, by, at, redacted, unchecked, notes } = bundle;
  if (bundle.state === 'failed') return [];
  return [
    { term: t('fact.entries'), value: t('fact.entriesOf', { count: size, entries }) },
    { term: t('fact.root'), value: root, isMono: true, copy: root },
    { term: t('fact.head'), value: head, isMono: true, copy: head },
    { term: t('fact.origin'), value: origin, isMono: true, copy: origin },
    ...(by === undefined || at === undefined
      ? []
      : [
          {
            term: t('fact.made'),
            value: t('fact.madeBy', { name: by.name ?? by.fingerprint, when: formats.exact(at) }),
          },
        ]),
    ...(redacted ? [{ term: t('fact.redacted'), value: t('fact.redactedText') }] : []),
    ...[...unchecked, ...notes].map((note, index) => ({
      term: t('fact.note', { number: index + 1 }),
      value: note,
    })),
  ];
}
