export { ComposeScreen } from './ComposeScreen.tsx';
