/** The questions of the assessment before a release, in the order in which they are asked. */
export const QUESTIONS = [
  'ownership',
  'consentOrInterest',
  'recipientIdentity',
  'minimisation',
  'necessity',
  'harmToIndividuals',
  'onwardTransfer',
] as const;
export type Question = (typeof QUESTIONS)[number];
