const IS_MAC = /\bMac/u.test(navigator.userAgent);

/** A chord such as "Ctrl L" as it is printed on the keyboards of this system. */
export function asPrinted(shortcut: string): string {
  return IS_MAC ? shortcut.replace('Ctrl', '⌘') : shortcut;
}
