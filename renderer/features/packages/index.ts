export { ArrivalSentence, type ArrivalSentenceProps } from './ArrivalSentence.tsx';
export { PackagesScreen } from './PackagesScreen.tsx';
