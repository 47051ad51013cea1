const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** More than any document of ours holds; bounds what a parser builds from a few hostile bytes. */
const MAX_VALUES = 1_000_000;

/** Why bytes are not even handed to the JSON parser: `message` names the place. */
export class NotJson extends Error {}

/**
 * Looks at the bytes of a JSON text without building anything: how deep it nests and how many
 * values it separates. Bytes that are not JSON at all are left to the parser.
 * @throws NotJson
 */
export function assertModest(bytes: Uint8Array, maxDepth: number): void {
  let depth = 0;
  let values = 1;
  let quoted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (quoted) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) values += 1;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > maxDepth)
        throw new NotJson(`byte ${String(index)} (nested deeper than ${String(maxDepth)})`);
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
    if (values > MAX_VALUES)
      throw new NotJson(`byte ${String(index)} (more than ${String(MAX_VALUES)} values)`);
  }
}
