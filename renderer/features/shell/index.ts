export { Frame } from './Frame.tsx';
export { useOfficeEvents } from './use-office-events.ts';
