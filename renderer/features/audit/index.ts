export { EvidenceScreen } from './EvidenceScreen.tsx';
export { FindingsScreen } from './FindingsScreen.tsx';
export { NoteButton } from './NoteButton.tsx';
export { SampleScreen } from './SampleScreen.tsx';
export { StandingScreen } from './StandingScreen.tsx';
