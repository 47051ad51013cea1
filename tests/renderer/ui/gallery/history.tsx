import { useCallback, useState } from 'react';
import {
  Button,
  CustodyStrip,
  KeyValue,
  PageHeader,
  Panel,
  SearchField,
  Select,
  StatusBadge,
  TrustSentence,
  VirtualTable,
} from '../../../../renderer/ui/index.ts';
import { Frame, noop } from './frame.tsx';

const COUNT = Number(new URLSearchParams(location.search).get('count') ?? '1000000');
const ACTS = [
  ['You verified the ledger', '', 'signed'],
  ['Keller SA accepted the package', '0192aa4e', 'receipt'],
  ['Keller SA received it, all 14 files intact', '0192aa4e', 'receipt'],
  ['You sealed it for Bruno Keller and 1 other', '0192aa4e', 'signed'],
  ['Claire Ndiaye approved the release', '0192aa4e', 'signed'],
  ['You assessed the release: risk medium', '0192aa4e', 'signed'],
  ["You compared Bruno Keller's fingerprint by video", '', 'signed'],
  ['Refused a package: one file changed after sealing', '01926c07', 'signed'],
  ['Destroyed, as agreed. Certificate sent to BKA', '01917d5b', 'signed'],
  ['Polis Diraja rejected the package: wrong mandate', '01925e11', 'receipt'],
] as const;

export interface Entry {
  readonly seq: number;
  readonly what: string;
  readonly pack: string;
  readonly proof: string;
}

function entryAt(index: number): Entry {
  const [what, pack, proof] = ACTS[index % ACTS.length] ?? ACTS[0];
  return { seq: COUNT - 1 - index, what, pack, proof };
}

export function HistoryPage() {
  const [selected, setSelected] = useState<number | null>(3);
  const [loaded, setLoaded] = useState<ReadonlySet<number>>(new Set([0]));
  const [span, setSpan] = useState('90');
  const onRange = useCallback((from: number, end: number) => {
    setTimeout(() => {
      setLoaded((old) => {
        const next = new Set(old);
        for (let page = Math.floor(from / 100); page <= Math.floor(end / 100); page += 1) {
          next.add(page);
        }
        return next;
      });
    }, 30);
  }, []);
  return (
    <Frame current="history" isFilled>
      <PageHeader
        title="History"
        description="Every act, in order. 12,345 entries since 4 February 2025."
        actions={
          <>
            <Button onPress={noop}>Export evidence…</Button>
            <Button variant="primary" onPress={noop}>
              Verify now
            </Button>
          </>
        }
      />
      <div className="g-filters">
        <SearchField label="Search people, cases, packages, digests" />
        <Select
          isCompact
          label="Time"
          choices={[
            { id: '90', label: 'Last 90 days' },
            { id: 'all', label: 'Since the beginning' },
          ]}
          value={span}
          onChange={setSpan}
        />
        <Select
          isCompact
          label="Act"
          choices={[{ id: 'any', label: 'All acts' }]}
          value="any"
          onChange={noop}
        />
      </div>
      <div className="g-history">
        <Panel isPadded={false}>
          <VirtualTable<Entry>
            label="History"
            count={COUNT}
            rowAt={(index) => (loaded.has(Math.floor(index / 100)) ? entryAt(index) : undefined)}
            onRange={onRange}
            selected={selected}
            onSelect={setSelected}
            menu={(row) => [
              { id: 'show', label: `Show entry ${String(row.seq)}`, icon: 'show', onAction: noop },
              { id: 'copy', label: 'Copy proof', icon: 'copy', shortcut: 'Ctrl C', onAction: noop },
              'line',
              {
                id: 'no',
                label: 'Open the package',
                disabledReason: 'Only officers and approvers can open it.',
                onAction: noop,
              },
            ]}
            columns={[
              {
                id: 'seq',
                header: 'Entry',
                track: '84px',
                render: (row) => <span className="v-muted v-num">{row.seq}</span>,
              },
              {
                id: 'when',
                header: 'When',
                track: '124px',
                render: () => <span className="v-num">23 Nov, 13:02</span>,
              },
              {
                id: 'what',
                header: 'What happened',
                track: 'minmax(200px, 1fr)',
                render: (row) =>
                  row.what.startsWith('Refused') ? (
                    <StatusBadge tone="bad">{row.what}</StatusBadge>
                  ) : (
                    row.what
                  ),
              },
              {
                id: 'package',
                header: 'Package',
                track: '92px',
                render: (row) => <span className="v-mono">{row.pack}</span>,
              },
              {
                id: 'proof',
                header: 'Proof',
                track: '96px',
                render: (row) => <StatusBadge tone="ok">{row.proof}</StatusBadge>,
              },
            ]}
          />
        </Panel>
        <Panel className="g-scroll">
          <div className="g-stack">
            <div>
              <p className="v-caption v-muted">
                Package <span className="v-mono">0192aa4e</span> · case SN-2026-17
              </p>
              <h2>Customer records, returned to their controller</h2>
            </div>
            <TrustSentence tone="ok">
              Sealed by <b>you</b>, approved by <b>Claire Ndiaye</b>. Only <b>Bruno Keller</b>{' '}
              (Keller SA, France) and <b>Ines Roth</b> (CNIL, France) can open it.
            </TrustSentence>
            <CustodyStrip label="Custody of package 0192aa4e" stamps={STAMPS} />
            <KeyValue
              isStacked
              facts={[
                {
                  term: 'Manifest digest',
                  value: '9f2c6b1e44d07a93c8e51f02b6aa3d775e9014cb82f60d3a91ee47b826c570af',
                  isMono: true,
                  copy: '9f2c',
                },
                { term: 'Entry 12,342', value: 'proved by 14 hashes to the signed root' },
              ]}
            />
            <div className="g-row">
              <Button onPress={noop}>Show entry</Button>
              <Button onPress={noop}>Copy proof</Button>
            </div>
          </div>
        </Panel>
      </div>
    </Frame>
  );
}

export const STAMPS = [
  {
    id: '1',
    side: 'ours',
    act: 'Assessed',
    at: '2026-11-23T10:55:00Z',
    person: 'you',
    signature: 'signed',
  },
  {
    id: '2',
    side: 'ours',
    act: 'Approved',
    at: '2026-11-23T11:17:00Z',
    person: 'Claire Ndiaye',
    signature: 'signed',
  },
  {
    id: '3',
    side: 'ours',
    act: 'Sealed',
    at: '2026-11-23T11:20:00Z',
    person: 'you',
    signature: 'signed',
  },
  {
    id: '4',
    side: 'theirs',
    act: 'Received',
    at: '2026-11-23T12:41:00Z',
    person: 'Bruno Keller',
    signature: 'receipt',
  },
  {
    id: '5',
    side: 'theirs',
    act: 'Accepted',
    at: '2026-11-23T12:58:00Z',
    person: 'Bruno Keller',
    signature: 'recorded',
  },
  { id: '6', side: 'theirs', act: 'Destroy and certify', due: '2027-12-31', person: 'Keller SA' },
] as const;
