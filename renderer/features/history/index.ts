export { TYPES_OF } from './act-groups.ts';
export { EntryDrawer } from './EntryDrawer.tsx';
export { EntryTable } from './EntryTable.tsx';
export { ExportEvidence } from './ExportEvidence.tsx';
export { HistoryScreen } from './HistoryScreen.tsx';
export { EntrySourceProvider, type EntrySource } from './source.ts';
export { ACT_GROUPS, type ActGroup } from './types.ts';
export { useSentence } from './use-sentence.ts';
export { VerifyNow } from './VerifyNow.tsx';
