/**
 * Rows as CSV (RFC 4180), ended by CR LF. A text that a spreadsheet would take for a formula, also
 * by a wide sign, gets an apostrophe in front.
 */
export function csv(rows: Iterable<readonly (string | number | undefined)[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(cell).join(',')}\r\n`;
  return text;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
