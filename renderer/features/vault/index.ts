export { countryCodes } from './countries.ts';
export { NewPassphrase, passphraseFault } from './NewPassphrase.tsx';
export { RecoveryPaper, RecoverySheet } from './RecoverySheet.tsx';
export { VaultScreen } from './VaultScreen.tsx';
