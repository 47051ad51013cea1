/**
 * Command-line switches that would open the released program to others on this machine: ports to
 * debug it by, code to load into it, protections to leave out. Fuses cover only some of them.
 */
const FORBIDDEN = [
  /^inspect(?:-.*)?$/,
  /^debug(?:-.*)?$/,
  /^remote-debugging-.*$/,
  /^remote-allow-origins$/,
  /^js-flags$/,
  /^no-sandbox$/,
  /^disable-.*sandbox$/,
  /^single-process$/,
  /^no-zygote$/,
  /^load-extension$/,
  /^disable-extensions-except$/,
  /^disable-web-security$/,
  /^disable-site-isolation.*$/,
  /^allow-file-access-from-files$/,
  /^proxy-.*$/,
  /^host-rules$/,
  /^host-resolver-rules$/,
  /^log-net-log$/,
  /^enable-logging$/,
  /^require$/,
  /^enable-blink-features$/,
];

/** The first switch that the released program refuses to run with, or undefined. */
export function forbiddenSwitch(args: readonly string[]): string | undefined {
  return args.find((arg) => {
    const name = /^--?([^=]+)/.exec(arg)?.[1]?.toLowerCase();
    return name !== undefined && FORBIDDEN.some((pattern) => pattern.test(name));
  });
}
