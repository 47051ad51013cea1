import { Html } from './html.ts';

/** The look of a page that is read on glass and on paper: no fonts, pictures or scripts to fetch. */
export const STYLE = new Html(`<style>
  :root { color-scheme: light; --ink: #1b2330; --muted: #4d5768; --line: #d8d4c8; --paper: #fff; }
  * { box-sizing: border-box; }
  body { margin: 0 auto; padding: 32px 24px; max-width: 960px; background: var(--paper); color: var(--ink);
    font: 15px/1.5 "IBM Plex Sans", "Segoe UI", system-ui, sans-serif; overflow-wrap: anywhere; }
  header { display: flex; gap: 24px; justify-content: space-between; align-items: flex-start;
    border-block-end: 2px solid var(--ink); padding-block-end: 16px; }
  h1 { font-size: 26px; line-height: 1.2; margin: 0 0 8px; }
  h2 { font-size: 17px; margin: 28px 0 8px; }
  p { margin: 0 0 8px; white-space: pre-line; }
  .over, .small, small, footer { color: var(--muted); font-size: 13px; }
  .qr { inline-size: 128px; block-size: 128px; flex: none; }
  code { font: 12.5px/1.45 "IBM Plex Mono", ui-monospace, Consolas, monospace; }
  dl { display: grid; grid-template-columns: minmax(120px, 200px) 1fr; gap: 4px 16px; margin: 0 0 12px; }
  dt { color: var(--muted); }
  dd { margin: 0; white-space: pre-line; }
  .wide { overflow-x: auto; }
  table { inline-size: 100%; border-collapse: collapse; margin-block-end: 8px; }
  th, td { text-align: start; vertical-align: top; padding: 6px 12px 6px 0; border-block-end: 1px solid var(--line);
    min-inline-size: 6.5em; }
  th { font-weight: 600; color: var(--muted); font-size: 13px; white-space: nowrap; }
  td { white-space: pre-line; }
  footer { margin-block-start: 32px; border-block-start: 1px solid var(--line); padding-block-start: 12px; }
  @media (max-width: 560px) { dl { grid-template-columns: 1fr; } dd { margin-block-end: 8px; } .qr { inline-size: 96px; block-size: 96px; } }
  @media print { body { padding: 0; max-width: none; font-size: 10.5pt; } section { break-inside: auto; } tr, h2 { break-inside: avoid; } h2 { break-after: avoid; } .wide { overflow: visible; } @page { margin: 18mm; } }
</style>`);
