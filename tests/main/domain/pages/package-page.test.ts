import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { packagePage, type PackagePage } from '../../../../main/domain/pages/package-page.ts';
import { html } from '../../../../main/domain/pages/html.ts';
import { manifest } from '../../../fixtures/release.ts';

const DIGEST = 'ab'.repeat(32);
const HOSTILE = '<img src=x onerror="alert(1)">\u202E&amp;\u0007';

function pageOf(change: Partial<PackagePage['manifest']> = {}) {
  const shown = manifest(change);
  const text = packagePage({
    manifest: shown,
    manifestDigest: DIGEST,
    direction: 'out',
    state: 'dispatched',
    recipients: [],
    receipts: [],
    entries: [],
    approvals: [],
    made: { by: 'Amina Diallo', ledger: `valise/${DIGEST}`, at: '2026-11-26T10:00:00Z' },
  });
  return { manifest: shown, text, document: new JSDOM(text).window.document };
}

describe('the page of a package', () => {
  it('says everything that was signed, with words beside each code', () => {
    const { manifest: shown, document } = pageOf();
    const text = document.body.textContent;
    for (const said of [
      shown.id,
      shown.purpose,
      shown.origin.how,
      shown.sender.name,
      DIGEST,
      ...shown.recipients.map(({ name }) => name),
      ...shown.files.flatMap(({ path, sha256 }) => [path, sha256]),
      ...shown.legalBasis,
      'released it alone',
    ])
      expect(text).toContain(said);
    for (const code of document.querySelectorAll('dd code'))
      if (/^[A-Z]/.test(code.textContent))
        expect(code.nextSibling?.textContent?.trim()).not.toBe('');
    expect(document.querySelector('svg path')?.getAttribute('d')).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  });

  it('takes the markup from what others wrote, and shows what hides', () => {
    const { document } = pageOf({
      purpose: HOSTILE,
      case: { reference: 'X', title: HOSTILE },
      sender: { ...manifest().sender, name: HOSTILE },
    });
    expect(document.querySelectorAll('img, script, link, iframe, a, form')).toHaveLength(0);
    const shown = '<img src=x onerror="alert(1)">\\u202E&amp;\\u0007';
    expect(document.querySelector('h1')?.textContent).toBe(shown);
    expect(document.title).toContain(shown);
  });

  it('fetches nothing and runs nothing', () => {
    const { document, text } = pageOf();
    expect(text).not.toMatch(/(src|href)=/);
    expect(
      document.querySelector('meta[http-equiv="content-security-policy"]')?.getAttribute('content'),
    ).toMatch(/^default-src 'none'/);
  });

  it('shows a code that no list knows as it came, and says so', () => {
    const { document } = pageOf({ instrument: 'X-UNHEARD-OF' });
    expect(document.body.textContent).toContain('X-UNHEARD-OF a code that is not in our lists');
  });
});

it('joins lists, leaves out what is undefined, and keeps its own markup', () => {
  expect(html`<p>${['a<', html`<b>${1}</b>`, undefined]}</p>`.text).toBe('<p>a&lt;<b>1</b></p>');
});
