import { Button as AriaButton } from 'react-aria-components';
import { useFormats, useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import type { Tone } from './tone.ts';
import './LedgerChip.css';

/** What is known of the ledger right now. */
export type LedgerState =
  | {
      readonly kind: 'verified';
      readonly size: number;
      readonly at: string;
      readonly byYou?: boolean;
    }
  | { readonly kind: 'unverified'; readonly since?: string }
  | { readonly kind: 'verifying'; readonly done: number; readonly total: number }
  | { readonly kind: 'broken'; readonly entry: number };

export interface LedgerChipProps {
  readonly state: LedgerState;
  /** To History. */
  readonly onPress: () => void;
}

const LOOKS: Readonly<Record<LedgerState['kind'], { tone: Tone; icon: IconName }>> = {
  verified: { tone: 'ok', icon: 'verified' },
  unverified: { tone: 'warn', icon: 'clock' },
  verifying: { tone: 'info', icon: 'refresh' },
  broken: { tone: 'bad', icon: 'broken' },
};

/** The ledger's state, always in sight. One press to History. */
export function LedgerChip({ state, onPress }: LedgerChipProps) {
  const look = LOOKS[state.kind];
  const { head, detail } = useLedgerTexts(state);
  return (
    <AriaButton className="v-ledger" data-state={state.kind} onPress={onPress}>
      <Icon name={look.icon} className={`v-tone-${look.tone}`} />
      <span className={`v-ledger-head v-tone-${look.tone}`}>{head}</span>
      <span className="v-ledger-detail">{detail}</span>
    </AriaButton>
  );
}

function useLedgerTexts(state: LedgerState): { head: string; detail: string } {
  const t = useTexts();
  const formats = useFormats();
  switch (state.kind) {
    case 'verified':
      return {
        head: t('ledger.verified', { size: state.size }),
        detail: t(state.byYou === true ? 'ledger.verifiedAt' : 'ledger.verifiedAtPlain', {
          when: formats.when(state.at),
        }),
      };
    case 'unverified':
      return {
        head: t('ledger.unverified'),
        detail:
          state.since === undefined
            ? t('ledger.unverifiedHint')
            : t('ledger.unverifiedSince', { when: formats.when(state.since) }),
      };
    case 'verifying':
      return {
        head: t('ledger.verifying'),
        detail: t('ledger.verifyingOf', { done: state.done, total: state.total }),
      };
    case 'broken':
      return { head: t('ledger.broken', { entry: state.entry }), detail: t('ledger.brokenHint') };
  }
}
