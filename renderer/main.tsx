import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { App } from './app.tsx';
import { bridge } from './bridge.ts';
import { applyLanguage, formatLocale, preferredLocales, startI18n, type Language } from './i18n.ts';
import { applyTheme } from './theme.ts';
import { allowClearing } from './trusted-types.ts';
import './styles/index.css';

/** Reads what the person prefers, then draws. A window that cannot ask draws with the defaults. */
async function start(): Promise<void> {
  allowClearing();
  const reply = await bridge.app.preferences();
  const language: Language = reply.ok && reply.value.language === 'qps' ? 'qps' : 'en';
  applyTheme(reply.ok ? reply.value.theme : 'system');
  startI18n(language);
  applyLanguage(document.documentElement, language);
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale={formatLocale(language, preferredLocales())}>
        <App />
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
