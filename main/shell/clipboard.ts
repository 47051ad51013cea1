import { clipboard } from 'electron';

const SECONDS = 30;
let timer: NodeJS.Timeout | undefined;

/**
 * Puts text on the clipboard for half a minute. What somebody else put there meanwhile stays.
 * Awaited, because reading and writing answer at once on old runtimes and later on new ones.
 */
export async function copyForAWhile(text: string): Promise<number> {
  clearTimeout(timer);
  await clipboard.writeText(text);
  timer = setTimeout(() => void takeBack(text), SECONDS * 1000);
  return SECONDS;
}

async function takeBack(text: string): Promise<void> {
  if ((await clipboard.readText()) === text) clipboard.clear();
}
