import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import '../../../../renderer/styles/index.css';
import { applyLanguage, startI18n } from '../../../../renderer/i18n.ts';
import type { Language } from '../../../../renderer/i18n.ts';
import { ComposePage } from './compose.tsx';
import { HistoryPage } from './history.tsx';
import { InboxPage } from './inbox.tsx';
import { PartsPage } from './parts.tsx';
import './gallery.css';

/** ?page=parts|compose|history|inbox & theme=light|dark & lang=en|qps & dir=rtl & count=1000000 */
const query = new URLSearchParams(location.search);
const page = query.get('page') ?? 'parts';
const language: Language = query.get('lang') === 'qps' ? 'qps' : 'en';
const isRtl = query.get('dir') === 'rtl';
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light';
applyLanguage(document.documentElement, language, isRtl ? 'rtl' : 'ltr');

const PAGES: Readonly<Record<string, () => React.JSX.Element>> = {
  parts: PartsPage,
  compose: ComposePage,
  history: HistoryPage,
  inbox: InboxPage,
};
const Page = PAGES[page] ?? PartsPage;

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <I18nextProvider i18n={startI18n(language)}>
      <I18nProvider locale={isRtl ? 'ar-EG-u-nu-latn' : 'en-GB'}>
        <Page />
      </I18nProvider>
    </I18nextProvider>
  </StrictMode>,
);
