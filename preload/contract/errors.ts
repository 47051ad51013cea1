/**
 * What the border itself can answer with. All other codes are the domain's and come with their
 * sentences in the failure.
 */
export const BORDER_ERRORS = {
  unexpected: {
    message: 'Something went wrong inside Valise. What was complete before is kept.',
    hint: 'Try again. When it happens again, report the incident number.',
  },
  'request-refused': {
    message:
      'The window asked for something in a form that is not allowed ({where}). Nothing was done.',
    hint: 'Close the window and open it again. When it happens again, report it.',
  },
  'answer-refused': {
    message: 'The answer had a form that may not be shown ({where}). What was done is kept.',
    hint: 'Report the incident number.',
  },
  'sender-refused': { message: 'This window may not ask for that.', hint: undefined },
  'token-unknown': {
    message: 'The file that was chosen is not known any more. Nothing was done.',
    hint: 'Choose it again.',
  },
  'office-stopped': {
    message: 'The part of Valise that holds the vault stopped. What was complete before is kept.',
    hint: 'Unlock the vault again.',
  },
  'work-running': {
    message: 'A work with this number is running already.',
    hint: undefined,
  },
} as const;

export type BorderCode = keyof typeof BORDER_ERRORS;
