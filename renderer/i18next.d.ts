import 'i18next';
import type { Catalogue } from './locales/en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    returnNull: false;
    resources: Catalogue;
  }
}
