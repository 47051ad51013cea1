import type { Manifest } from '../packages/manifest-schema.ts';
import type { Outcome, PackageState } from '../packages/states.ts';
import { lookUp, type ListName } from '../packages/vocabularies.ts';
import { html, type Html, type HtmlPart } from './html.ts';
import { qrCode } from './qr.ts';
import { STYLE } from './style.ts';

/** What a page says of one package: the signed manifest, and what this office knows beside it. */
export interface PackagePage {
  readonly manifest: Manifest;
  /** Hex SHA-256 of release.json. */
  readonly manifestDigest: string;
  readonly direction: 'out' | 'in';
  readonly state: PackageState;
  readonly sealed?: { readonly fileName: string; readonly digest: string; readonly bytes: number };
  readonly recipients: readonly {
    readonly name: string;
    readonly fingerprint: string;
    readonly state: string;
    readonly at: string;
    /** `recorded`: written down by this office, not signed by them. */
    readonly by: 'us' | 'signed' | 'recorded';
  }[];
  readonly receipts: readonly {
    readonly kind: Outcome;
    readonly at: string;
    readonly byName: string;
    readonly by: string;
    readonly digest: string;
    readonly reason?: { readonly code: string; readonly text?: string } | undefined;
  }[];
  readonly entries: readonly {
    readonly seq: number;
    readonly at: string;
    readonly type: string;
    readonly actor: { readonly fingerprint: string; readonly name?: string };
  }[];
  readonly approvals: readonly {
    readonly fingerprint: string;
    readonly name: string;
    readonly at?: string;
    /** As this office's ledger has it. */
    readonly decision: 'approved' | 'refused' | 'not recorded here';
  }[];
  /** Who made the page, from which ledger, and when. */
  readonly made: { readonly by: string; readonly ledger: string; readonly at: string };
}

const QUESTIONS: Readonly<Record<Exclude<keyof Manifest['assessment'], 'risk'>, string>> = {
  ownership: 'Ownership',
  consentOrInterest: 'Consent or legitimate interest',
  recipientIdentity: 'Recipient’s identity and mandate',
  minimisation: 'Minimisation',
  necessity: 'Necessity',
  harmToIndividuals: 'Harm to individuals',
  onwardTransfer: 'Onward transfer',
};

const ANSWERS = { met: 'met', 'not-met': 'not met', 'not-applicable': 'does not apply' } as const;

/**
 * One package as one page for people: who, what, why, by whom agreed, with which digests and
 * receipts. A whole HTML document without scripts that fetches nothing, to be read and printed.
 * @returns UTF-8 text
 */
export function packagePage(page: PackagePage): string {
  const { manifest: m, made } = page;
  const title = m.case.title ?? m.case.reference;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"
        />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · ${m.id}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <div>
            <p class="over">
              ${m.kind === 'request' ? 'Request' : 'Data package'}, case ${m.case.reference}
            </p>
            <h1>${title}</h1>
            <p>
              ${m.sender.name}, ${m.sender.organisation}, to
              ${listed(m.recipients.map(({ name, organisation }) => (organisation === undefined ? name : `${name}, ${organisation}`)))}.
              State: <b>${page.state}</b>.
            </p>
          </div>
          ${qrCode(`SHA256:${page.manifestDigest.toUpperCase()}`, 'SHA-256 of the manifest')}
        </header>
        ${who(page)} ${what(page)} ${why(m)} ${assessed(m)} ${agreed(page)} ${receipts(page)}
        ${acts(page)}
        <footer>
          <p>
            Made by ${made.by} at ${made.at} from the ledger <code>${made.ledger}</code>. This page
            is for reading: it is not signed. What proves it is the signed package, the receipts and
            the ledger. The digest above is that of the file release.json in the package (<code
              >sha256sum release.json</code
            >).
          </p>
        </footer>
      </body>
    </html> `.text;
}

function who({ manifest: m, recipients, direction }: PackagePage): Html {
  const states = new Map(recipients.map((row) => [row.fingerprint, row]));
  return section(
    'Who',
    table(
      ['', 'Name', 'Fingerprint', direction === 'out' ? 'State' : ''],
      [
        ['From', party(m.sender), key(m.sender.fingerprint), ''],
        ...m.recipients.map((row) => {
          const state = states.get(row.fingerprint);
          return [
            'To',
            party(row),
            key(row.fingerprint),
            state === undefined
              ? ''
              : html`${state.state},
                ${state.at}${state.by === 'recorded' ? html`<br />recorded by the sender, not signed by them` : ''}`,
          ];
        }),
      ],
    ),
  );
}

function what({ manifest: m, sealed, manifestDigest }: PackagePage): Html {
  const changes = m.transformations ?? [];
  return section(
    'What',
    facts([
      ['Package', html`<code>${m.id}</code>`],
      ['Made', m.createdAt],
      ['Manifest, SHA-256', html`<code>${manifestDigest}</code>`],
      [
        'Sealed file',
        sealed &&
          html`${sealed.fileName}, ${bytes(sealed.bytes)}<br /><code>${sealed.digest}</code>`,
      ],
      ['Categories of data', coded('data-category', m.dataCategories)],
      [
        'People affected',
        `${String(m.affectedIndividuals.count)} (${m.affectedIndividuals.method})`,
      ],
      ['Where it comes from', m.origin.how],
      ['Found or seized', m.origin.seizedAt],
      ['Kept by', m.origin.custodian],
      ['Digest of the original', m.origin.referenceHash],
    ]),
    table(
      ['File', 'Size', 'SHA-256'],
      m.files.map((file) => [
        html`${file.path}${file.description === undefined ? '' : html`<br /><small>${file.description}</small>`}`,
        bytes(file.size),
        html`<code>${file.sha256}</code>`,
      ]),
    ),
    changes.length === 0
      ? undefined
      : table(
          ['Derived file', 'Kept', 'Masked', 'Pseudonymised', 'Rows'],
          changes.map((row) => [
            row.file,
            row.kept.join(', '),
            row.masked.join(', '),
            row.pseudonymised.join(', '),
            `${String(row.rowsOut)} of ${String(row.rowsIn)}`,
          ]),
        ),
  );
}

function why(m: Manifest): Html {
  return section(
    'Why',
    facts([
      ['Purpose', m.purpose],
      ['Purposes by code', m.purposeCodes && coded('purpose', m.purposeCodes)],
      ['Legal instrument', coded('instrument', [m.instrument])],
      ['Legal basis', coded('legal-basis', m.legalBasis)],
      ['Basis of the transfer', m.transferBasis && coded('transfer-basis', m.transferBasis)],
      ['Offences', coded('offence', m.offences)],
      ['Who may see it', `TLP:${m.handling.tlp}`],
      ['Conditions', m.handling.caveats.length === 0 ? undefined : m.handling.caveats.join('; ')],
      ['Kept until', `${m.retention.deleteBy}, then ${m.retention.action}`],
      ['Their reference', m.case.theirReference],
      ['Takes the place of', m.supersedes],
      ['Answers', m.inReplyTo],
    ]),
  );
}

function assessed(m: Manifest): Html {
  const rows = Object.entries(QUESTIONS) as [keyof typeof QUESTIONS, string][];
  return section(
    'Assessment before release',
    table(
      ['Question', 'Answer', 'What it rests on', 'By, at'],
      rows.map(([name, words]) => {
        const { answer, evidence, by, at } = m.assessment[name];
        return [words, ANSWERS[answer], evidence, html`${key(by)}<br />${at}`];
      }),
    ),
    html`<p>Risk that remains: <b>${m.assessment.risk}</b>.</p>`,
  );
}

function agreed({ manifest: m, approvals }: PackagePage): Html {
  if (m.approval.required === 0 && approvals.length === 0)
    return section(
      'Agreed',
      html`<p>${m.sender.name} released it alone: no second person was asked for.</p>`,
    );
  return section(
    'Agreed',
    html`<p>Second people needed: ${m.approval.required}.</p>`,
    table(
      ['Name', 'Fingerprint', 'Decision', 'At'],
      approvals.map((row) => [row.name, key(row.fingerprint), row.decision, row.at]),
    ),
  );
}

function receipts({ receipts: rows }: PackagePage): Html {
  if (rows.length === 0) return section('Receipts', html`<p>There is no receipt yet.</p>`);
  return section(
    'Receipts, each signed by its maker',
    table(
      ['What', 'By', 'At', 'SHA-256'],
      rows.map((row) => [
        html`${row.kind}${row.reason === undefined ? '' : html`<br /><small>${row.reason.code} ${row.reason.text ?? ''}</small>`}`,
        html`${row.byName}<br />${key(row.by)}`,
        row.at,
        html`<code>${row.digest}</code>`,
      ]),
    ),
    html`<p class="small">A receipt proves that a key signed it, not when a person read it.</p>`,
  );
}

function acts({ entries }: PackagePage): Html {
  return section(
    'Acts in this office’s ledger',
    table(
      ['Entry', 'At', 'Act', 'By'],
      entries.map(({ seq, at, type, actor }) => [
        seq,
        at,
        type,
        html`${actor.name ?? ''} ${key(actor.fingerprint)}`,
      ]),
    ),
  );
}

function party(of: { name: string; organisation?: string; country?: string }): string {
  return [of.name, of.organisation, of.country].filter((part) => part !== undefined).join(', ');
}

/** A code never stands alone: with its label, or with the word that the lists do not know it. */
function coded(list: ListName, codes: readonly string[]): Html {
  if (codes.length === 0) return html`none`;
  return html`${codes.map((code, index) => {
    const item = lookUp(list, code);
    const words = item?.label ?? 'a code that is not in our lists';
    const note = item?.note === undefined ? '' : ` (${item.note})`;
    return html`${index === 0 ? '' : html`<br />`}<code>${code}</code> ${words}${note}`;
  })}`;
}

/** In groups of four, as people compare them. */
function key(fingerprint: string): Html {
  return html`<code>${fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</code>`;
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} bytes`;
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join('; ')} and ${names.at(-1) ?? ''}`;
}

function section(title: string, ...parts: readonly HtmlPart[]): Html {
  return html`<section>
    <h2>${title}</h2>
    ${parts}
  </section>`;
}

function facts(rows: readonly (readonly [string, HtmlPart])[]): Html {
  return html`<dl>
    ${rows
      .filter(([, value]) => value !== undefined)
      .map(
        ([term, value]) =>
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
  </dl>`;
}

function table(head: readonly string[], rows: readonly (readonly HtmlPart[])[]): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
