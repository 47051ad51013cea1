export { CasesScreen } from './CasesScreen.tsx';
