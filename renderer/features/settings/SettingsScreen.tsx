import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../store/use-role.ts';
import { PageHeader } from '../../ui/index.ts';
import { ChannelList, PolicyPart, WayOut } from '../channels/index.ts';
import { People } from '../members/index.ts';
import { RecoveryPaper } from '../vault/index.ts';
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { Passphrase } from './Passphrase.tsx';
import './settings.css';

/** What belongs to this vault and to this window. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const member = useMember();
  const [code, setCode] = useState<string>();
  if (code !== undefined && member)
    return (
      <div className="v-settings-paper">
        <RecoveryPaper
          code={code}
          issuer={member.organisation}
          name={member.name}
          done={t('passphrase.back')}
          onDone={() => {
            setCode(undefined);
          }}
        />
      </div>
    );
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="v-settings">
        <People />
        <Passphrase onCode={setCode} />
        {member?.role !== 'auditor' && <ChannelList />}
        {member?.role !== 'auditor' && <PolicyPart canSet={member?.role === 'officer'} />}
        {member?.role === 'officer' && <WayOut />}
        <Appearance />
        <About />
      </div>
    </>
  );
}
