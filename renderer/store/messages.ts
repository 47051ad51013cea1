import { createMessages } from '../ui/index.ts';

/** The window's one list of messages. */
export const messages = createMessages();
