import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import '../../../../../renderer/styles/index.css';
import { ContactsScreen } from '../../../../../renderer/features/contacts/index.ts';
import { InboxScreen } from '../../../../../renderer/features/inbox/index.ts';
import { applyLanguage, startI18n, type Language } from '../../../../../renderer/i18n.ts';
import type { Route } from '../../../../../renderer/routes.ts';
import { useWindow } from '../../../../../renderer/store/create-store.ts';
import { messages } from '../../../../../renderer/store/messages.ts';
import { MessageRegion } from '../../../../../renderer/ui/index.ts';
import { Frame } from '../../../ui/gallery/frame.tsx';
import { VAULT } from '../../packages/office.ts';
import { inboxOffice, receiptWaits } from '../office.ts';

/** ?go={"screen":"inbox"} & theme=light|dark & lang=en|qps & dir=rtl & office=empty|waiting */
const query = new URLSearchParams(location.search);
const language: Language = query.get('lang') === 'qps' ? 'qps' : 'en';
const isRtl = query.get('dir') === 'rtl';
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light';
applyLanguage(document.documentElement, language, isRtl ? 'rtl' : 'ltr');

const SETTINGS: Readonly<Record<string, Parameters<typeof inboxOffice>[0]>> = {
  empty: { items: [], contacts: [], hasChannel: false },
  waiting: { queue: [receiptWaits] },
};
window.valise = inboxOffice(SETTINGS[query.get('office') ?? '']).bridge;
useWindow.setState({
  vault: VAULT,
  route: JSON.parse(query.get('go') ?? '{"screen":"inbox"}') as Route,
});

function Page() {
  const route = useWindow((state) => state.route);
  return (
    <Frame current={route.screen === 'contacts' ? 'contacts' : 'inbox'}>
      {route.screen === 'inbox' ? (
        <InboxScreen id={route.id} />
      ) : route.screen === 'contacts' ? (
        <ContactsScreen fingerprint={route.fingerprint} />
      ) : (
        JSON.stringify(route)
      )}
    </Frame>
  );
}

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <I18nextProvider i18n={startI18n(language)}>
      <I18nProvider locale={isRtl ? 'ar-EG-u-nu-latn' : 'en-GB'}>
        <Page />
        <MessageRegion messages={messages} />
      </I18nProvider>
    </I18nextProvider>
  </StrictMode>,
);
