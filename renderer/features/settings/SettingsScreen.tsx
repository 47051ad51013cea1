import { useTranslation } from 'react-i18next';
import { useRole } from '../../store/use-role.ts';
import { PageHeader } from '../../ui/index.ts';
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { ChannelList } from './ChannelList.tsx';
import { Passphrase } from './Passphrase.tsx';
import './settings.css';

/** What belongs to this vault and to this window. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const isAuditor = useRole() === 'auditor';
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="v-settings">
        <Passphrase />
        {!isAuditor && <ChannelList />}
        <Appearance />
        <About />
      </div>
    </>
  );
}
