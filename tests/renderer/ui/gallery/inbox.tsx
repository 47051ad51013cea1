import {
  Button,
  DropCurtain,
  PageHeader,
  Panel,
  Section,
  StatusBadge,
  Table,
  Tag,
  Tags,
  TrustSentence,
} from '../../../../renderer/ui/index.ts';
import { Frame, noop } from './frame.tsx';

const FILES = [
  {
    name: 'customers-fr.csv',
    size: '1.79 GB',
    what: '6 of 19 columns, residents of France',
    digest: 'b07e…91c4',
  },
  { name: 'order-17-2026.pdf', size: '212 kB', what: 'The order', digest: '44aa…07d2' },
  { name: 'custody.pdf', size: '96 kB', what: 'How it was found and kept', digest: 'e91f…3b60' },
];
const MAIL = [
  {
    id: '1',
    from: 'Ministry of Justice, Senegal',
    note: 'verified · 14 files · today 12:41',
    bad: false,
  },
  { id: '2', from: 'BKA, Germany', note: 'accepted · 3 files · 19 Nov', bad: false },
  {
    id: '3',
    from: 'Quarantine: one file changed after sealing',
    note: 'says it is from Polis Diraja · 21 Nov',
    bad: true,
  },
];

export function InboxPage() {
  return (
    <DropCurtain label="Let go to verify this file" onDropped={noop}>
      <Frame current="inbox">
        <PageHeader
          title="Inbox"
          description="Drop a sealed file anywhere in this window, or fetch from your channels."
          actions={
            <Button variant="primary" onPress={noop}>
              Fetch now
            </Button>
          }
        />
        <div className="g-inbox">
          <Panel isPadded={false}>
            <Table
              label="Arrived"
              columns={[
                {
                  id: 'from',
                  header: 'Arrived',
                  isWrapped: true,
                  render: (mail) => (
                    <>
                      {mail.bad ? (
                        <StatusBadge tone="bad">{mail.from}</StatusBadge>
                      ) : (
                        <b className="v-strong">{mail.from}</b>
                      )}
                      <br />
                      <span className="v-caption v-muted">{mail.note}</span>
                    </>
                  ),
                },
              ]}
              rows={MAIL}
              rowId={(mail) => mail.id}
              rowText={(mail) => mail.from}
              selected="1"
              onSelect={noop}
            />
          </Panel>
          <Panel>
            <div className="g-stack">
              <TrustSentence
                tone="ok"
                size="large"
                facts={[
                  { term: 'Signed', value: '23 November 2026 at 12:40:11 GMT' },
                  {
                    term: 'Key',
                    value: '5D31 0F7A 92C4 E6B8 11DA 7703 4E9C A25F 68B0 D1E7',
                    isMono: true,
                  },
                  { term: 'Their ledger', value: 'grew from 812 to 840 as it should' },
                ]}
              >
                Signed by <b>Amina Diallo</b>, Ministry of Justice, Senegal. You compared her
                fingerprint by video call on 3 May 2026. All 14 files are as she sealed them.
              </TrustSentence>
              <Section title="Why you have it">
                <p className="v-measure">
                  Return of recovered customer records to their controller, under the Budapest
                  Convention, article 26, and order 17/2026. You may use them to notify the people
                  affected, and for nothing else, until <b>31 December 2027</b>.
                </p>
                <Tags>
                  <Tag code="TLP">AMBER+STRICT</Tag>
                  <Tag code="09031">Unlawful access</Tag>
                  <Tag>Name</Tag>
                  <Tag>Email address</Tag>
                  <Tag tone="warn">Health record</Tag>
                  <Tag>41,200 people, exact</Tag>
                </Tags>
              </Section>
              <Table
                label="Files"
                columns={[
                  { id: 'name', header: 'File', width: '26%', render: (file) => file.name },
                  {
                    id: 'size',
                    header: 'Size',
                    width: '96px',
                    align: 'end',
                    render: (file) => file.size,
                  },
                  { id: 'what', header: 'What it is', render: (file) => file.what },
                  {
                    id: 'sha',
                    header: 'SHA-256',
                    width: '150px',
                    render: (file) => (
                      <StatusBadge tone="ok">
                        <span className="v-mono">{file.digest}</span>
                      </StatusBadge>
                    ),
                  },
                ]}
                rows={FILES}
                rowId={(file) => file.name}
              />
              <div className="g-row">
                <Button variant="primary" onPress={noop}>
                  Accept…
                </Button>
                <Button onPress={noop}>Reject…</Button>
                <Button onPress={noop}>Extract files…</Button>
                <span className="v-caption v-muted">
                  Accepting sends a signed receipt. Nothing has been unpacked yet.
                </span>
              </div>
            </div>
          </Panel>
        </div>
      </Frame>
    </DropCurtain>
  );
}
