import { encode } from 'uqr';
import { html, type Html } from './html.ts';

/**
 * `data` as a QR code (ISO/IEC 18004, error correction M): one SVG path, black on white.
 * @param label what it is, for those who do not see it
 */
export function qrCode(data: string, label: string): Html {
  const { data: rows, size } = encode(data, { ecc: 'M', border: 2 });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
    .join('');
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${path}" />
  </svg>`;
}
