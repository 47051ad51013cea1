/** An option that takes a text, when it was given. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
