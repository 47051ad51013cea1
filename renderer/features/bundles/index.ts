export { CheckBundle } from './CheckBundle.tsx';
export { CheckEvidence } from './CheckEvidence.tsx';
export { CompareScreen } from './CompareScreen.tsx';
