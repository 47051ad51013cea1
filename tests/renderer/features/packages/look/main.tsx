import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import '../../../../../renderer/styles/index.css';
import { ComposeScreen } from '../../../../../renderer/features/compose/index.ts';
import { PackagesScreen } from '../../../../../renderer/features/packages/index.ts';
import { useOfficeEvents } from '../../../../../renderer/features/shell/index.ts';
import { applyLanguage, startI18n, type Language } from '../../../../../renderer/i18n.ts';
import type { Route } from '../../../../../renderer/routes.ts';
import { useWindow } from '../../../../../renderer/store/create-store.ts';
import { messages } from '../../../../../renderer/store/messages.ts';
import { MessageRegion } from '../../../../../renderer/ui/index.ts';
import { Frame } from '../../../ui/gallery/frame.tsx';
import { draftPackage, fakeOffice, RELEASE, VAULT, BRUNO, type PackageView } from '../office.ts';

/**
 * ?go={"screen":"packages"} & theme=light|dark & lang=en|qps & dir=rtl & office=empty|fresh|ready
 */
const query = new URLSearchParams(location.search);
const language: Language = query.get('lang') === 'qps' ? 'qps' : 'en';
const isRtl = query.get('dir') === 'rtl';
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light';
applyLanguage(document.documentElement, language, isRtl ? 'rtl' : 'ltr');

const READY: PackageView = draftPackage({
  draft: {
    ...RELEASE,
    recipients: [{ fingerprint: BRUNO }],
    assessment: {
      ...RELEASE.assessment,
      harmToIndividuals: { answer: 'met', evidence: 'No addresses of protected persons' },
      onwardTransfer: { answer: 'met', evidence: 'None; TLP:AMBER+STRICT' },
    },
  },
});
const OFFICES: Readonly<Record<string, readonly PackageView[] | undefined>> = {
  empty: [],
  fresh: [draftPackage({ draft: {}, draftFiles: [], files: 0, bytes: 0, people: [] })],
  ready: [READY],
};
const office = fakeOffice(OFFICES[query.get('office') ?? '']);
window.valise = office.bridge;
useWindow.setState({
  vault: VAULT,
  route: JSON.parse(query.get('go') ?? '{"screen":"packages"}') as Route,
});

function Page() {
  useOfficeEvents();
  const route = useWindow((state) => state.route);
  return (
    <Frame current="packages">
      {route.screen === 'compose' ? (
        <ComposeScreen key={route.id} id={route.id} step={route.step} />
      ) : route.screen === 'packages' ? (
        <PackagesScreen id={route.id} />
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
