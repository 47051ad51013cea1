import './Mark.css';

const SEAL_24 =
  'M12 10.1A1.19 1.19 0 0 1 14.05 10.65A1.19 1.19 0 0 1 15.55 12.15A1.19 1.19 0 0 1 16.1 14.2A1.19 1.19 0 0 1 15.55 16.25A1.19 1.19 0 0 1 14.05 17.75A1.19 1.19 0 0 1 12 18.3A1.19 1.19 0 0 1 9.95 17.75A1.19 1.19 0 0 1 8.45 16.25A1.19 1.19 0 0 1 7.9 14.2A1.19 1.19 0 0 1 8.45 12.15A1.19 1.19 0 0 1 9.95 10.65A1.19 1.19 0 0 1 12 10.1Z';
const SEAL_20 =
  'M10 2A2.32 2.32 0 0 1 14 3.07A2.32 2.32 0 0 1 16.93 6A2.32 2.32 0 0 1 18 10A2.32 2.32 0 0 1 16.93 14A2.32 2.32 0 0 1 14 16.93A2.32 2.32 0 0 1 10 18A2.32 2.32 0 0 1 6 16.93A2.32 2.32 0 0 1 3.07 14A2.32 2.32 0 0 1 2 10A2.32 2.32 0 0 1 3.07 6A2.32 2.32 0 0 1 6 3.07A2.32 2.32 0 0 1 10 2Z';

/** The valise mark: a small bag, closed by one seal. */
export function ValiseMark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg className="v-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        className="v-mark-bag"
        d="M8.5 7V5.2A1.7 1.7 0 0 1 10.2 3.5h3.6a1.7 1.7 0 0 1 1.7 1.7V7M4.3 7h15.4a1.3 1.3 0 0 1 1.3 1.2l.7 10.4a1.8 1.8 0 0 1-1.8 1.9H4.1a1.8 1.8 0 0 1-1.8-1.9L3 8.2A1.3 1.3 0 0 1 4.3 7Zm-.9.9 5 3.6m12.2-3.6-5 3.6"
      />
      {size < 40 ? (
        <circle className="v-mark-seal" cx="12" cy="13.4" r="4" />
      ) : (
        <path className="v-mark-seal" d={SEAL_24} />
      )}
    </svg>
  );
}

/** The seal alone, in the colour of the text around it. */
export function SealMark({ size = 16 }: { readonly size?: number }) {
  return (
    <svg className="v-seal" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={SEAL_20} />
      <circle cx="10" cy="10" r="5" />
    </svg>
  );
}
