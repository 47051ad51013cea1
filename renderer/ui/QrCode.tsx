import { useMemo } from 'react';
import { encode } from 'uqr';
import './QrCode.css';

export interface QrCodeProps {
  /** What a camera reads. Upper-case letters, digits and ":" make the smallest code. */
  readonly data: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly size?: number;
}

/** A QR code as one SVG path: black on white in every theme, or cameras would not read it. */
export function QrCode({ data, label, size = 112 }: QrCodeProps) {
  const { path, side } = useMemo(() => {
    const code = encode(data, { ecc: 'M', border: 2 });
    return { path: squares(code.data), side: code.size };
  }, [data]);
  return (
    <svg
      className="v-qr"
      width={size}
      height={size}
      viewBox={`0 0 ${String(side)} ${String(side)}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

/** The dark modules, each run of a row as one rectangle. */
function squares(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  rows.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      const from = x;
      while (row[x] === true) x += 1;
      if (x > from)
        path += `M${String(from)} ${String(y)}h${String(x - from)}v1h-${String(x - from)}z`;
      x += 1;
    }
  });
  return path;
}
