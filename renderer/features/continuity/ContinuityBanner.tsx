import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindow, type VaultState } from '../../store/create-store.ts';
import { Banner, Button } from '../../ui/index.ts';
import { AcknowledgeDialog } from './AcknowledgeDialog.tsx';
import './continuity.css';

type Trouble = NonNullable<Extract<VaultState, { state: 'open' }>['readOnly']>;

const WHO = {
  anchor: 'anchor',
  witness: 'witness',
  header: 'header',
  'vault.db': 'vault',
  'ledger.db': 'ledger',
} as const;

/** What stands between this ledger and its memory outside the vault: on every screen. */
export function ContinuityBanner() {
  const vault = useWindow((state) => state.vault);
  const problem = useWindow((state) => state.ledger?.anchorProblem);
  if (vault?.state !== 'open') return null;
  if (vault.readOnly !== undefined)
    return <ReadOnly readOnly={vault.readOnly} isOfficer={vault.member.role === 'officer'} />;
  return problem === undefined ? null : <NotRemembered key={problem} problem={problem} />;
}

/** Why the vault can only be read, what is missing, what was kept and what to do. */
function ReadOnly({
  readOnly,
  isOfficer,
}: {
  readonly readOnly: Trouble;
  readonly isOfficer: boolean;
}) {
  const { t } = useTranslation('continuity');
  const [isAsking, setAsking] = useState(false);
  const { code, size, knownSize } = readOnly;
  return (
    <div className="v-read-only">
      <Banner
        tone="bad"
        title={t(`trouble.${code}.title`)}
        actions={
          isOfficer && (
            <Button
              onPress={() => {
                setAsking(true);
              }}
            >
              {t('act')}
            </Button>
          )
        }
      >
        <p>
          {t(`trouble.${code}.text`, {
            size,
            known: knownSize,
            who: t(`who.${WHO[readOnly.where]}`),
          })}{' '}
          <Missing trouble={readOnly} />
        </p>
        <p>
          {t('kept')} {t(isOfficer ? 'todo' : 'ask')}
        </p>
      </Banner>
      {isAsking && (
        <AcknowledgeDialog
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

/** An old copy of this vault would not be noticed on this computer. */
function NotRemembered({ problem }: { readonly problem: string }) {
  const { t } = useTranslation('continuity');
  const [isSeen, setSeen] = useState(false);
  if (isSeen) return null;
  return (
    <div className="v-read-only">
      <Banner
        tone="warn"
        title={t('remembered.problem', { problem })}
        onDismiss={() => {
          setSeen(true);
        }}
      >
        {t('remembered.problemText')}
      </Banner>
    </div>
  );
}

function Missing({ trouble: { code, missing } }: { readonly trouble: Trouble }) {
  const { t } = useTranslation('continuity');
  if (missing === undefined || code === 'header-older') return t('missing.none');
  const entries = t('entries', { ...missing, count: missing.to - missing.from + 1 });
  return t(`missing.${code}`, { entries });
}
