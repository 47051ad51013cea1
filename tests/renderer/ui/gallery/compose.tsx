import { useState } from 'react';
import {
  BlockList,
  Button,
  Fingerprint,
  PageHeader,
  Panel,
  SealButton,
  Section,
  StatusBadge,
  Steps,
  Table,
  TrustSentence,
  WorkBar,
} from '../../../../renderer/ui/index.ts';
import { Frame, noop } from './frame.tsx';

const ASSESSMENT = [
  ['Ownership', true, "Controller's record of processing, 17/2026"],
  ['Consent or interest', true, 'Legal obligation, GDPR 6(1)(c)'],
  ["Recipient's identity", false, 'Bruno Keller by video, 22 Nov'],
  ['Minimisation', true, '6 of 19 columns, residents of FR only'],
  ['Necessity', true, 'Needed to notify the people affected'],
  ['Harm to individuals', true, 'No addresses of protected persons'],
  ['Onward transfer', true, 'None; TLP:AMBER+STRICT'],
] as const;

export function ComposePage() {
  const [step, setStep] = useState('check');
  return (
    <Frame current="packages">
      <div className="g-stack">
        <PageHeader
          eyebrow="Case SN-2026-17 · draft saved 11:12"
          title="Customer records, returned to their controller"
        />
        <Steps
          steps={[
            { id: 'what', label: 'What', state: 'done' },
            { id: 'why', label: 'Why', state: 'done' },
            { id: 'whom', label: 'To whom', state: 'attention' },
            { id: 'check', label: 'Check and seal', state: 'todo' },
          ]}
          current={step}
          onSelect={setStep}
        />
      </div>
      <div className="g-compose">
        <div className="g-stack">
          <Section title="What still blocks">
            <BlockList
              blocks={[
                {
                  id: '1',
                  text: (
                    <>
                      Nobody has compared <b>Ines Roth</b>'s fingerprint yet.
                    </>
                  ),
                  action: { label: 'Compare now', onAction: noop },
                },
                {
                  id: '2',
                  text: 'Medical data is included. A second person has to agree.',
                  action: { label: 'Ask Claire Ndiaye', onAction: noop },
                },
              ]}
            />
          </Section>
          <Section title="The assessment">
            <Panel isPadded={false}>
              <Table
                label="The assessment"
                columns={[
                  { id: 'q', header: 'Question', width: '32%', render: (row) => row[0] },
                  {
                    id: 'a',
                    header: 'Answer',
                    width: '120px',
                    render: (row) => (
                      <StatusBadge tone={row[1] ? 'ok' : 'warn'}>
                        {row[1] ? 'met' : 'one open'}
                      </StatusBadge>
                    ),
                  },
                  {
                    id: 'e',
                    header: 'Evidence',
                    render: (row) => <span className="v-muted">{row[2]}</span>,
                  },
                ]}
                rows={ASSESSMENT}
                rowId={(row) => row[0]}
              />
            </Panel>
          </Section>
        </div>
        <Panel title="Seal">
          <div className="g-stack">
            <p>14 files, 1.8 GB, about 41,200 people. Readable by:</p>
            <TrustSentence tone="ok">
              <b>Bruno Keller</b>, Keller SA, France
              <br />
              <span className="v-muted v-caption">
                you compared his fingerprint by video, 22 Nov
              </span>
            </TrustSentence>
            <TrustSentence tone="warn">
              <b>Ines Roth</b>, CNIL, France
              <br />
              <span className="v-muted v-caption">fingerprint not compared</span>
            </TrustSentence>
            <div>
              <p className="v-caption v-muted">Bruno Keller's fingerprint</p>
              <Fingerprint name="Bruno Keller" value="5D310F7A92C4E6B811DA77034E9CA25F68B0D1E7" />
            </div>
            <p className="v-caption v-muted">
              Keep until 31 December 2027, then destroy and certify.
            </p>
            <WorkBar
              label="Sealing for 2 recipients"
              done={1_120_000_000}
              total={1_800_000_000}
              speed={412_000_000}
              isSealing
              onCancel={noop}
            />
            <div className="g-row">
              <SealButton onPress={noop}>Seal the package</SealButton>
              <Button onPress={noop}>Save and close</Button>
            </div>
          </div>
        </Panel>
      </div>
    </Frame>
  );
}
