import type { Contract } from '../../../preload/contract/index.ts';
import type { OutputOf } from '../../../preload/contract/kinds.ts';
import { csv } from '../../domain/csv.ts';
import type { Fingerprint } from '../../domain/identifiers.ts';
import type { Pair } from '../../domain/ledger/reconcile.ts';
import type { PackageSide } from '../../domain/ledger/reconcile-side.ts';
import type { BundleView, Comparison } from '../../services/bundles.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { stamp } from './audit.ts';
import { queryOf, shownRow } from './ledger.ts';

type Shown = OutputOf<Contract['bundles']['open']>;
type ShownPair = OutputOf<Contract['bundles']['pairs']>['pairs'][number];

/** Bundles of evidence, for the window: with a vault or without one. */
export function bundleCalls(office: Office): Answers<Contract['bundles']> {
  const { bundles, tools } = office;
  const { files } = tools;
  const shown = (view: BundleView) => shownBundle(view, files.baseName(view.path));
  return {
    open: async ({ bundle }, work) => shown(await bundles.open(bundle.place, work)),
    trust: ({ id, fingerprint }) => shown(bundles.trust(id, fingerprint)),
    page: async ({ id, filter, order = 'descending', skip = 0, limit }) => {
      const query = { ...queryOf(filter), order };
      return { rows: (await bundles.rows(id, query, skip, limit)).map(shownRow) };
    },
    count: async ({ id, filter }) => ({ count: await bundles.count(id, queryOf(filter)) }),
    entry: async ({ id, seq }) => {
      const entry = await bundles.entry(id, seq);
      return { ...entry, row: shownRow(entry.row) };
    },
    compare: async ({ a, b }, work) => ({ totals: (await bundles.compare(a, b, work)).totals }),
    pairs: async ({ a, b, states, skip, limit }) => {
      const compared = await bundles.compare(a, b);
      const pairs = compared.pairs.filter(({ state }) => states?.includes(state) ?? true);
      const page = pairs.slice(skip, skip + limit);
      return { count: pairs.length, pairs: page.map((pair) => shownPair(pair, compared)) };
    },
    save: async ({ a, b, out, format }, work) => {
      const compared = await bundles.compare(a, b, work);
      const name = `valise-comparison-${stamp(tools.clock.now())}.${format}`;
      const path = files.join(out.place, name);
      const sides = { a: shown(compared.a), b: shown(compared.b) };
      const text = format === 'csv' ? comparedCsv(compared) : comparedJson(compared, sides);
      await files.write(path, new TextEncoder().encode(text));
      return { name, written: { place: path, use: 'written' } };
    },
    close: ({ id }) => {
      bundles.close(id);
      return {};
    },
  };
}

function shownBundle(view: BundleView, name: string): Shown {
  const { id, state, facts, confirmed, confirmedBy } = view;
  const { problems, unchecked, notes, entries, size, origin, root, head, signer, bundle } = facts;
  const owner = (fingerprint: Fingerprint) => ownerOf(view, fingerprint);
  return {
    id,
    name,
    state,
    redacted: bundle?.filters.redacted ?? false,
    entries,
    size,
    origin,
    root,
    head,
    confirmed,
    problems,
    unchecked,
    notes,
    ...(bundle === undefined
      ? {}
      : { scope: bundle.scope, by: owner(bundle.by.fingerprint), at: bundle.at }),
    ...(signer === undefined ? {} : { signer: owner(signer) }),
    ...(confirmedBy === undefined ? {} : { confirmedBy: owner(confirmedBy) }),
  };
}

function ownerOf({ nameOf }: BundleView, fingerprint: Fingerprint) {
  const name = nameOf(fingerprint);
  return { fingerprint, ...(name === undefined ? {} : { name }) };
}

function shownPair(pair: Pair, { a, b }: Comparison): ShownPair {
  const receiving = pair.sender === 'a' ? b : a;
  return {
    package: pair.package,
    recipient: ownerOf(receiving, pair.recipient),
    sender: pair.sender,
    state: pair.state,
    ...(pair.a === undefined ? {} : { a: shownSide(pair.a) }),
    ...(pair.b === undefined ? {} : { b: shownSide(pair.b) }),
    differences: pair.differences.map(({ code, reason, params, text }) => ({
      code,
      reason,
      params,
      text,
    })),
  };
}

/** Outcomes of a package, as its recipient did them or as the sender heard of them. */
const OUTCOMES = new Set(['accepted', 'rejected', 'destroyed', 'returned', 'disputed']);

function shownSide({ sealed, dispatched, arrived, acts, receiptsIn, recorded }: PackageSide) {
  const content = sealed ?? arrived;
  const outcomes = [
    ...[...acts].map(([kind, { at }]) => ({ kind, at })),
    ...[...receiptsIn.values()].map(({ kind, at }) => ({ kind, at })),
    ...recorded.map(({ outcome, at }) => ({ kind: outcome, at })),
  ].filter(({ kind }) => OUTCOMES.has(kind));
  return {
    ...(sealed === undefined ? {} : { sealedAt: sealed.at }),
    ...(dispatched === undefined ? {} : { sentAt: dispatched.at }),
    ...(arrived === undefined ? {} : { arrivedAt: arrived.at }),
    ...(content?.manifest === undefined ? {} : { manifest: content.manifest }),
    ...(content?.sealed === undefined ? {} : { sealed: content.sealed }),
    ...(content === undefined
      ? {}
      : { files: content.facts.files, bytes: content.facts.bytesReleased }),
    outcomes: outcomes.slice(0, 64),
  };
}

function comparedJson(compared: Comparison, sides: { a: Shown; b: Shown }): string {
  const pairs = compared.pairs.map((pair) => shownPair(pair, compared));
  return `${JSON.stringify({ ...sides, totals: compared.totals, pairs }, null, 2)}\n`;
}

function comparedCsv(compared: Comparison): string {
  const pairs = compared.pairs.map((pair) => shownPair(pair, compared));
  const of = (side: ShownPair['a']) => [
    ...[side?.sealedAt, side?.sentAt, side?.arrivedAt, side?.manifest, side?.sealed],
    side?.outcomes.map(({ kind, at }) => `${kind} ${at}`).join('; '),
  ];
  const columns = ['sealed_at', 'sent_at', 'arrived_at', 'manifest', 'sealed', 'outcomes'];
  return csv([
    [
      ...['package', 'recipient', 'sender', 'state', 'codes', 'differences'],
      ...columns.map((column) => `a_${column}`),
      ...columns.map((column) => `b_${column}`),
    ],
    ...pairs.map((pair) => [
      ...[pair.package, pair.recipient.fingerprint, pair.sender, pair.state],
      pair.differences.map(({ code }) => code).join('; '),
      pair.differences.map(({ text }) => text).join(' '),
      ...of(pair.a),
      ...of(pair.b),
    ]),
  ]);
}
