export { countryCodes } from './countries.ts';
export { NewPassphrase } from './NewPassphrase.tsx';
export { RecoverySheet } from './RecoverySheet.tsx';
export { VaultScreen } from './VaultScreen.tsx';
