import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import {
  Button,
  Fingerprint,
  Fold,
  StatusBadge,
  useFormats,
  type IconName,
  type Tone,
} from '../../ui/index.ts';
import { useCompared, Who, type Contact } from '../packages/index.ts';
import { useBlockText } from './use-blocks.ts';

const LOOKS: Readonly<Record<Contact['state'], { tone: Tone; icon: IconName }>> = {
  verified: { tone: 'ok', icon: 'verified' },
  unverified: { tone: 'warn', icon: 'warning' },
  conflict: { tone: 'bad', icon: 'warning' },
  blocked: { tone: 'bad', icon: 'block' },
  unusable: { tone: 'bad', icon: 'stop' },
};

/** One contact: who, how compared, what stands against it and where that is mended. */
export function ContactRow({
  contact,
  isChosen,
  onToggle,
}: {
  readonly contact: Contact;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation('compose');
  const formats = useFormats();
  const compared = useCompared();
  const textOf = useBlockText();
  const go = useWindow((state) => state.go);
  const { state, fingerprint, name } = contact;
  const look = LOOKS[state];
  const reasons = contact.blockers.filter(({ code }) => code !== 'recipient-unverified');
  const expires = contact.facts.expiresAt;
  const isOffered = state !== 'blocked' && state !== 'unusable';
  const toContact = () => {
    go({ screen: 'contacts', fingerprint });
  };
  return (
    <li className="v-person">
      <div className="v-person-text">
        <span>
          <Who name={name} organisation={contact.organisation} country={contact.country} />
        </span>
        <span className="v-caption v-muted">{compared(contact.verification)}</span>
        {contact.exception !== undefined && (
          <span className="v-caption v-muted">
            {t('who.exception', { reason: contact.exception.reason })}
          </span>
        )}
        {reasons.map((blocker) => (
          <span key={blocker.code} className="v-caption v-tone-bad">
            {textOf(blocker)}
          </span>
        ))}
        {expires !== undefined && contact.warnings.includes('expires-soon') && (
          <span className="v-caption v-tone-warn">
            {t('who.expires', { date: formats.longDate(expires) })}
          </span>
        )}
        {isChosen && (
          <Fold title={t('who.fingerprint')}>
            <Fingerprint value={fingerprint} name={name} />
          </Fold>
        )}
      </div>
      <StatusBadge tone={look.tone} icon={look.icon}>
        {t(`who.state.${state}`)}
      </StatusBadge>
      <div className="v-person-acts">
        {state !== 'verified' && (
          <Button size="small" onPress={toContact}>
            {t(`who.act.${state}`, { name })}
          </Button>
        )}
        {isChosen ? (
          <Button
            size="small"
            variant="quiet"
            aria-label={t('who.removeOf', { name })}
            onPress={onToggle}
          >
            {t('who.remove')}
          </Button>
        ) : (
          isOffered && (
            <Button size="small" aria-label={t('who.addOf', { name })} onPress={onToggle}>
              {t('who.add')}
            </Button>
          )
        )}
      </div>
    </li>
  );
}
