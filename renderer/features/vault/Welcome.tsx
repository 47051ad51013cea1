import { useTranslation } from 'react-i18next';
import { Button, Icon } from '../../ui/index.ts';
import { Door } from './Door.tsx';
import { useChooseVault } from './use-choose-vault.ts';

export interface WelcomeProps {
  readonly onNew: () => void;
  readonly onEvidence: () => void;
  readonly onSamples: () => void;
}

/** The very first page: what this is for, and the ways on. */
export function Welcome({ onNew, onSamples, onEvidence }: WelcomeProps) {
  const { t } = useTranslation('vault');
  const { choose } = useChooseVault();
  return (
    <Door isWide>
      <div className="v-welcome">
        <div>
          <h1>{t('welcome.title')}</h1>
          <p className="v-welcome-lead">{t('welcome.lead')}</p>
          <ul className="v-welcome-points">
            <li>
              <Icon name="stamp" />
              <span>{t('welcome.seal')}</span>
            </li>
            <li>
              <Icon name="receipt" />
              <span>{t('welcome.receipt')}</span>
            </li>
            <li>
              <Icon name="history" />
              <span>{t('welcome.ledger')}</span>
            </li>
          </ul>
        </div>
        <div className="v-welcome-ways">
          <section className="v-panel v-welcome-way">
            <h2>{t('welcome.new.title')}</h2>
            <p>{t('welcome.new.text')}</p>
            <Button variant="primary" isWide onPress={onNew}>
              {t('welcome.new.act')}
            </Button>
          </section>
          <section className="v-panel v-welcome-way">
            <h2>{t('welcome.samples.title')}</h2>
            <p>{t('welcome.samples.text')}</p>
            <Button isWide onPress={onSamples}>
              {t('welcome.samples.act')}
            </Button>
          </section>
          <Button variant="quiet" icon="folder" onPress={choose}>
            {t('welcome.existing')}
          </Button>
          <Button variant="quiet" icon="verified" onPress={onEvidence}>
            {t('evidence')}
          </Button>
        </div>
      </div>
    </Door>
  );
}
