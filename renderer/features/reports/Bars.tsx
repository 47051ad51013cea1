export interface Bar {
  readonly id: string;
  readonly label: string;
  /** What it comes to, in words. */
  readonly text: string;
  /** 0 to 1, as long as the bar is drawn; undefined: nothing is drawn. */
  readonly share: number | undefined;
}

/** Values beside each other. The words say all of it; the bars are only drawn. */
export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  return (
    <ul className="v-bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.id}>
          <span className="v-bars-label">{bar.label}</span>
          <span className="v-bars-track" aria-hidden="true">
            {bar.share !== undefined && (
              <span
                className="v-bars-bar"
                style={{ inlineSize: `${String(Math.round(bar.share * 100))}%` }}
              />
            )}
          </span>
          <span className="v-bars-text">{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}
