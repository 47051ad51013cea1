export { FailureNote } from './FailureNote.tsx';
