import { useRef, useState } from 'react';
import {
  Banner,
  BlockList,
  Button,
  CheckboxField,
  CodePicker,
  ComboBox,
  CommandPalette,
  CopyButton,
  createMessages,
  CustodyStrip,
  DateField,
  Dialog,
  Drawer,
  DropZone,
  EmptyState,
  ErrorNote,
  Fingerprint,
  IconButton,
  KeyValue,
  LedgerChip,
  Menu,
  MessageRegion,
  NumberField,
  PageHeader,
  Panel,
  PasswordField,
  RadioGroup,
  SealButton,
  SearchField,
  Section,
  Select,
  Sheet,
  Skeleton,
  StatusBadge,
  StrengthMeter,
  Tabs,
  Tag,
  Tags,
  TextArea,
  TextField,
  TrustSentence,
  WorkBar,
} from '../../../../renderer/ui/index.ts';
import { Frame, noop, today } from './frame.tsx';
import { STAMPS } from './history.tsx';

const messages = createMessages();
const V4 = '5D310F7A92C4E6B811DA77034E9CA25F68B0D1E7';
const V6 = '5D310F7A92C4E6B811DA77034E9CA25F68B0D1E71B5B97251A21438F7B1B0E6D';
const OFFENCES = [
  { code: '0903', label: 'Acts against computer systems' },
  { code: '09031', label: 'Unlawful access to a computer system' },
  { code: '09032', label: 'Unlawful interference with a computer system or computer data' },
  { code: '09033', label: 'Unlawful interception or access of computer data' },
  { code: '0701', label: 'Fraud' },
  { code: 'UN-CYBER', label: 'Hanoi Convention', note: 'not in force' },
];
const COUNTRIES = [
  { id: 'FR', label: 'France' },
  { id: 'DE', label: 'Germany' },
  { id: 'MY', label: 'Malaysia' },
  { id: 'SN', label: 'Senegal' },
];

export function PartsPage() {
  return (
    <Frame current="overview">
      <div className="g-parts">
        <PageHeader
          eyebrow="For those who build it"
          title="The primitives"
          description="Everything that the screens are made of, in the state in which it is seldom seen."
        />
        <Buttons />
        <Fields />
        <Trust />
        <Fingerprints />
        <Section title="Custody">
          <Panel>
            <CustodyStrip label="Custody of package 0192aa4e" stamps={STAMPS} />
          </Panel>
        </Section>
        <States />
        <Work />
        <Overlays />
        <Section title="Paper">
          <Sheet
            title="Recovery code"
            issuer="Ministry of Justice, Senegal"
            reference="vault 0192aa4e"
            at="2026-11-23T13:02:05Z"
          >
            <p>Opens the vault of Amina Diallo once, when the passphrase is lost.</p>
            <Fingerprint name="Amina Diallo" value={V4} />
            <KeyValue
              facts={[
                { term: 'For', value: 'Amina Diallo, liaison officer' },
                { term: 'Replaces', value: 'the code of 4 February 2025' },
              ]}
            />
          </Sheet>
        </Section>
      </div>
      <MessageRegion messages={messages} />
    </Frame>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      <div className="g-row">
        <Button variant="primary" onPress={noop}>
          Accept…
        </Button>
        <Button onPress={noop}>Reject…</Button>
        <Button icon="refresh" onPress={noop}>
          Fetch now
        </Button>
        <Button variant="quiet" onPress={noop}>
          Show details
        </Button>
        <Button variant="danger" icon="destroy" onPress={noop}>
          Destroy…
        </Button>
        <SealButton onPress={noop}>Seal the package</SealButton>
        <Button size="small" onPress={noop}>
          Compare now
        </Button>
        <IconButton icon="more" label="More actions" onPress={noop} />
        <SealButton disabledReason="Two things still block. They are listed on the left.">
          Seal the package
        </SealButton>
        <Button disabledReason="Only an officer can do this.">Add a member</Button>
      </div>
    </Section>
  );
}

function Fields() {
  const password = useRef<HTMLInputElement>(null);
  const [codes, setCodes] = useState<readonly string[]>(['09031', 'X-99']);
  const [country, setCountry] = useState<string | null>('SN');
  const [day, setDay] = useState<string | null>('2027-12-31');
  const [number, setNumber] = useState<number | null>(41200);
  const [answer, setAnswer] = useState<string | null>('met');
  const [isTicked, setTicked] = useState(true);
  const [profile, setProfile] = useState('interop');
  return (
    <Section title="Fields">
      <div className="g-two">
        <TextField
          label="Reference"
          description="As your office writes it on paper."
          defaultValue="SN-2026-17"
        />
        <TextField
          label="Their reference"
          isOptional
          defaultValue="17 2026"
          error="A reference has no spaces. Write 17/2026 or 17-2026."
        />
        <PasswordField
          label="Passphrase"
          inputRef={password}
          meter={<StrengthMeter score={3}>Guessing it would take about 200 years.</StrengthMeter>}
        />
        <ComboBox label="Country" choices={COUNTRIES} value={country} onChange={setCountry} />
        <CodePicker
          label="Offences"
          description="What the data was taken by."
          entries={OFFENCES}
          value={codes}
          onChange={setCodes}
        />
        <Select
          label="Profile"
          choices={[
            { id: 'interop', label: 'Opens with gpg 2.2', description: 'AES-256 with MDC' },
            { id: 'rfc9580', label: 'Newest OpenPGP', description: 'AES-256-GCM' },
          ]}
          value={profile}
          onChange={setProfile}
        />
        <DateField label="Keep until" value={day} onChange={setDay} />
        <NumberField label="People affected" value={number} onChange={setNumber} min={0} />
        <TextArea label="Purpose" defaultValue="Notify the people affected, and nothing else." />
        <div className="g-stack">
          <RadioGroup
            label="Necessity"
            choices={[
              { id: 'met', label: 'Met', description: 'Nothing less would do.' },
              { id: 'not-met', label: 'Not met' },
              { id: 'not-applicable', label: 'Does not apply' },
            ]}
            value={answer}
            onChange={setAnswer}
          />
          <CheckboxField
            isSelected={isTicked}
            onChange={setTicked}
            description="You can then open what you sent."
          >
            Encrypt to my own key too
          </CheckboxField>
        </div>
        <SearchField label="Search people, cases, packages" defaultValue="keller" />
        <DropZone
          title="Drop files or folders here"
          hint="They are hashed where they lie. Nothing is copied before you seal."
          onDropped={noop}
          onPick={noop}
          canPickFolder
        />
      </div>
    </Section>
  );
}

function Trust() {
  return (
    <Section title="Sentences of trust">
      <Panel>
        <div className="g-stack">
          <TrustSentence
            tone="ok"
            size="large"
            isOpenAtFirst
            facts={[
              { term: 'Signed', value: '23 November 2026 at 12:40:11 GMT' },
              { term: 'Key', value: V4, isMono: true, copy: V4 },
            ]}
          >
            Signed by <b>Amina Diallo</b>, Ministry of Justice, Senegal. You compared her
            fingerprint by video call on 3 May 2026. All 14 files are as she sealed them.
          </TrustSentence>
          <TrustSentence tone="warn">
            Signed by a key that says it is <b>Ines Roth</b>, CNIL, France. Nobody has compared its
            fingerprint yet.
          </TrustSentence>
          <TrustSentence tone="bad">
            <b>customers-fr.csv</b> was changed after it was sealed. Nothing was unpacked; the file
            is in quarantine.
          </TrustSentence>
        </div>
      </Panel>
    </Section>
  );
}

function Fingerprints() {
  return (
    <Section title="Fingerprints">
      <div className="g-two">
        <Panel title="Version 4">
          <Fingerprint
            name="Bruno Keller"
            value={V4}
            look="full"
            onMatch={noop}
            onMismatch={noop}
          />
        </Panel>
        <Panel title="Version 6">
          <Fingerprint name="Ines Roth" value={V6} look="full" onMatch={noop} onMismatch={noop} />
        </Panel>
      </div>
    </Section>
  );
}

function States() {
  const [tab, setTab] = useState('all');
  return (
    <Section title="States">
      <div className="g-stack">
        <div className="g-row">
          <StatusBadge tone="ok">accepted</StatusBadge>
          <StatusBadge tone="warn">receipt overdue</StatusBadge>
          <StatusBadge tone="bad">rejected</StatusBadge>
          <StatusBadge tone="info">sealed</StatusBadge>
          <StatusBadge tone="neutral">draft</StatusBadge>
          <StatusBadge tone="ok" look="boxed">
            accepted by 2 of 2
          </StatusBadge>
          <StatusBadge tone="warn" look="boxed" icon="clock">
            due in 3 days
          </StatusBadge>
        </div>
        <Tags>
          <Tag>Name</Tag>
          <Tag code="09031">Unlawful access</Tag>
          <Tag tone="warn">Health record</Tag>
        </Tags>
        <div className="g-two">
          <div className="g-stack">
            <LedgerChip
              state={{ kind: 'verified', size: 12345, at: today('00:03'), byYou: true }}
              onPress={noop}
            />
            <LedgerChip
              state={{ kind: 'unverified', since: '2026-11-20T08:00:00Z' }}
              onPress={noop}
            />
            <LedgerChip
              state={{ kind: 'verifying', done: 412000, total: 1000000 }}
              onPress={noop}
            />
            <LedgerChip state={{ kind: 'broken', entry: 812 }} onPress={noop} />
          </div>
          <BlockList blocks={[]} />
        </div>
        <Banner
          tone="warn"
          title="This ledger is behind the last known checkpoint."
          actions={<Button size="small">See what differs</Button>}
        >
          It opens read-only. Nothing has been added or removed.
        </Banner>
        <Banner tone="info" title="Read-only: the auditor's window." onDismiss={noop} />
        <ErrorNote
          happened="The server of Keller SA did not answer within 20 seconds."
          kept="The sealed package is unchanged in your outbox."
          next="Try again later, or export the file to a folder."
          code="channel-unreachable"
          incident="7f3a"
          actions={<Button size="small">Try again</Button>}
        />
        <Tabs
          label="Packages"
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'all',
              label: 'All',
              count: 0,
              content: (
                <Panel isPadded={false}>
                  <EmptyState
                    icon="package"
                    title="Packages are what you seal for others, and what others seal for you."
                    actions={
                      <>
                        <Button variant="primary">New package</Button>
                        <Button>Try it with two sample offices</Button>
                      </>
                    }
                  >
                    Start with what you want to give back. You can leave at any step; the draft is
                    kept.
                  </EmptyState>
                </Panel>
              ),
            },
            { id: 'draft', label: 'Drafts', count: 2, content: <Skeleton lines={4} /> },
          ]}
        />
        <Skeleton lines={4} />
      </div>
    </Section>
  );
}

function Work() {
  return (
    <Section title="Work under way">
      <div className="g-stack">
        <WorkBar
          label="Sealing for 2 recipients"
          done={1_120_000_000}
          total={1_800_000_000}
          speed={412_000_000}
          isSealing
          onCancel={noop}
        />
        <WorkBar
          label="Verifying the ledger"
          done={412_000}
          total={1_000_000}
          speed={120_000}
          unit="entries"
          onCancel={noop}
        />
        <WorkBar label="Fetching" done={1_200_000} />
        <WorkBar label="Hashing" done={10} total={100} isCancelling />
      </div>
    </Section>
  );
}

function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'firm' | 'drawer' | 'palette'>();
  const close = () => setOpen(undefined);
  return (
    <Section title="What floats">
      <div className="g-row">
        <Button onPress={() => setOpen('dialog')}>Open a dialog</Button>
        <Button onPress={() => setOpen('firm')}>Ask a question</Button>
        <Button onPress={() => setOpen('drawer')}>Open a drawer</Button>
        <Button onPress={() => setOpen('palette')}>Open the palette</Button>
        <Button
          onPress={() =>
            messages.show({
              tone: 'ok',
              text: 'Bruno Keller can open the package.',
              detail: 'Sealed in 4.2 seconds.',
            })
          }
        >
          Show a message
        </Button>
        <Menu
          label="Package"
          entries={[
            { id: 'a', label: 'Export…', icon: 'download', shortcut: 'Ctrl E', onAction: noop },
            { id: 'b', label: 'Print', icon: 'print', onAction: noop },
            'line',
            { id: 'c', label: 'Recall…', icon: 'undo', isDangerous: true, onAction: noop },
          ]}
        >
          <Button icon="more">Open a menu</Button>
        </Menu>
        <CopyButton text={V4} />
      </div>
      <Dialog
        title="Accept the package"
        isOpen={open === 'dialog'}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>Cancel</Button>
            <Button variant="primary" onPress={close}>
              Accept and sign the receipt
            </Button>
          </>
        }
      >
        <p>
          A receipt with your signature goes to the Ministry of Justice, Senegal. It says that you
          took the 14 files over on behalf of Keller SA.
        </p>
        <TextField label="Note to the sender" isOptional />
      </Dialog>
      <Dialog
        title="Destroy 14 files?"
        isOpen={open === 'firm'}
        onClose={close}
        isFirm
        size="small"
        actions={
          <>
            <Button onPress={close}>Keep them</Button>
            <Button variant="danger" onPress={close}>
              Destroy and certify
            </Button>
          </>
        }
      >
        <p>They cannot be brought back. The ledger keeps that they existed and when they ended.</p>
      </Dialog>
      <Drawer
        title="Entry 12,342"
        isOpen={open === 'drawer'}
        onClose={close}
        actions={<Button onPress={close}>Copy proof</Button>}
      >
        <KeyValue
          facts={[
            { term: 'Type', value: 'sealed' },
            { term: 'Digest', value: V6, isMono: true },
          ]}
        />
      </Drawer>
      <CommandPalette
        isOpen={open === 'palette'}
        onClose={close}
        onRun={noop}
        commands={[
          { id: '1', label: 'New package', section: 'Packages', icon: 'add', shortcut: 'Ctrl N' },
          { id: '2', label: 'Fetch now', section: 'Inbox', icon: 'refresh' },
          { id: '3', label: 'Verify the ledger', section: 'History', icon: 'verified' },
          { id: '4', label: 'Lock', section: 'Valise', icon: 'lock', shortcut: 'Ctrl L' },
        ]}
      />
    </Section>
  );
}
