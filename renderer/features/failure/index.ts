export { FailureNote } from './FailureNote.tsx';
export { Guard } from './Guard.tsx';
