import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  BlockList,
  Button,
  CustodyStrip,
  ErrorNote,
  Fingerprint,
  LedgerChip,
  PasswordField,
  SealButton,
  StatusBadge,
  Steps,
  TrustSentence,
  WorkBar,
} from '../../../renderer/ui/index.ts';
import { control, find, onScreen, press, textBox } from './on-screen.tsx';

const V4 = '5D310F7A92C4E6B811DA77034E9CA25F68B0D1E7';
const V6 = `${V4}1B5B97251A21438F7B1B0E6D`;

describe('buttons', () => {
  it('never stands disabled without its reason in sight', () => {
    const pressed = vi.fn();
    const place = onScreen(
      <Button onPress={pressed} disabledReason="Only an officer can do this.">
        Add a member
      </Button>,
    );
    const button = control(place, 'Add a member');
    press(button);
    expect(pressed).not.toHaveBeenCalled();
    const reason = button.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(reason)?.textContent).toBe('Only an officer can do this.');
  });

  it('is in the colour of the seal in one place only', () => {
    const place = onScreen(
      <>
        <Button variant="primary">Accept</Button>
        <SealButton>Seal the package</SealButton>
      </>,
    );
    const sealed = place.querySelectorAll('[data-variant="seal"]');
    expect([...sealed].map((one) => one.textContent)).toEqual(['Seal the package']);
  });
});

describe('a passphrase field', () => {
  it('keeps the passphrase in its input alone', () => {
    const ref = createRef<HTMLInputElement>();
    const place = onScreen(<PasswordField label="Passphrase" inputRef={ref} />);
    const input = textBox(place);
    input.value = 'correct horse battery';
    expect(input.type).toBe('password');
    press(control(place, 'Show the characters'));
    expect(input.type).toBe('text');
    expect(ref.current).toBe(input);
    expect(input.value).toBe('correct horse battery');
    expect(input.hasAttribute('value')).toBe(false);
  });

  it('says what is wrong to those who do not see it', () => {
    const ref = createRef<HTMLInputElement>();
    const place = onScreen(
      <PasswordField label="Passphrase" inputRef={ref} error="At least 12 characters." />,
    );
    const input = textBox(place);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const note = document.getElementById(input.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toBe('At least 12 characters.');
  });
});

describe('a fingerprint', () => {
  it.each([
    [V4, 10, '5'],
    [V6, 16, '4'],
  ])('stands in groups of four that are spelled out', (value, count, columns) => {
    const place = onScreen(<Fingerprint value={value} name="Bruno Keller" />);
    const list = find(place, 'ol');
    expect(list.getAttribute('aria-label')).toBe('Fingerprint of Bruno Keller');
    expect(list.dataset['columns']).toBe(columns);
    const groups = [...list.querySelectorAll('li')];
    expect(groups).toHaveLength(count);
    expect(groups[0]?.querySelector('[aria-hidden]')?.textContent).toBe('5D31');
    expect(groups[0]?.querySelector('.v-hidden')?.textContent).toBe('5 D 3 1');
  });

  it('is read aloud in words, and ticked off line by line', () => {
    const place = onScreen(<Fingerprint value={V4} name="Bruno Keller" look="full" />);
    press(control(place, 'Read aloud'));
    const lines = [...place.querySelectorAll('li')];
    expect(lines[0]?.textContent).toContain('Five Delta Three One');
    expect(lines[9]?.textContent).toContain('Delta One Echo Seven');
    press(find(place, 'li input'));
    expect(find(place, '[role="status"]').textContent).toContain('1 of 10 groups ticked');
  });

  it('asks for an answer only where one is wanted', () => {
    const onMatch = vi.fn();
    const place = onScreen(
      <Fingerprint
        value={V4}
        name="Bruno Keller"
        look="full"
        onMatch={onMatch}
        onMismatch={vi.fn()}
      />,
    );
    press(control(place, 'They match'));
    expect(onMatch).toHaveBeenCalledOnce();
    const quiet = onScreen(<Fingerprint value={V4} name="Bruno Keller" look="full" />);
    expect(() => control(quiet, 'They match')).toThrow();
  });

  it('draws its QR code without a style or a picture', () => {
    const place = onScreen(<Fingerprint value={V4} name="Bruno Keller" look="full" />);
    const code = find(place, 'svg.v-qr');
    expect(code.getAttribute('aria-label')).toContain('Bruno Keller');
    expect(find(code, 'path').getAttribute('d')?.length).toBeGreaterThan(500);
  });
});

describe('what is said about a state', () => {
  it('is an icon and a word, never a colour alone', () => {
    const place = onScreen(<StatusBadge tone="bad">rejected</StatusBadge>);
    expect(place.querySelectorAll('svg')).toHaveLength(1);
    expect(place.textContent).toBe('rejected');
  });

  it('has its tone spoken before the sentence', () => {
    const place = onScreen(<TrustSentence tone="warn">Nobody has compared it.</TrustSentence>);
    expect(find(place, 'svg').getAttribute('aria-label')).toBe('Warning');
  });

  it('tells a failure with what was kept, what to do, and a small code', () => {
    const place = onScreen(
      <ErrorNote
        happened="The server did not answer."
        kept="The package is in your outbox."
        next="Try again later."
        code="channel-unreachable"
      />,
    );
    expect(find(place, '[role="alert"]').textContent).toContain('What was kept');
    expect(place.textContent).toContain('Code channel-unreachable');
    control(place, 'Copy the code');
  });

  it.each([
    [{ kind: 'unverified' } as const, 'Not verified'],
    [{ kind: 'broken', entry: 1812 } as const, 'Broken at entry 1,812'],
    [{ kind: 'verifying', done: 10, total: 2000 } as const, '10 of 2,000'],
    [{ kind: 'verified', size: 12345, at: '2025-11-23T13:03:00Z' } as const, 'Verified to 12,345'],
  ])('shows the ledger %o', (state, text) => {
    const onPress = vi.fn();
    const place = onScreen(<LedgerChip state={state} onPress={onPress} />);
    expect(place.textContent).toContain(text);
    press(find(place, 'button'));
    expect(onPress).toHaveBeenCalledOnce();
  });
});

describe('work under way', () => {
  it('says how much, how fast and how long still', () => {
    const onCancel = vi.fn();
    const place = onScreen(
      <WorkBar
        label="Sealing"
        done={1_120_000_000}
        total={1_800_000_000}
        speed={412_000_000}
        isSealing
        onCancel={onCancel}
      />,
    );
    const bar = find(place, '[role="progressbar"]');
    expect(bar.getAttribute('aria-valuetext')).toBe('1.12 GB of 1.80 GB · 412 MB/s · 2 secs left');
    press(control(place, 'Cancel'));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('cannot be stopped twice', () => {
    const place = onScreen(
      <WorkBar label="Sealing" done={1} total={2} onCancel={vi.fn()} isCancelling />,
    );
    expect(place.textContent).toContain('Nothing will be left behind.');
    expect(() => control(place, 'Cancel')).toThrow();
  });

  it('promises no end that it does not know', () => {
    const place = onScreen(<WorkBar label="Fetching" done={5_000_000} />);
    const bar = find(place, '[role="progressbar"]');
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
  });
});

describe('custody', () => {
  it('keeps the order of time, says whose each act is, and leaves the end open', () => {
    const place = onScreen(
      <CustodyStrip
        label="Custody of package 0192aa4e"
        stamps={[
          {
            id: '1',
            side: 'ours',
            act: 'Sealed',
            at: '2025-11-23T11:20:00Z',
            person: 'you',
            signature: 'signed',
          },
          {
            id: '2',
            side: 'theirs',
            act: 'Accepted',
            at: '2025-11-23T12:58:00Z',
            signature: 'recorded',
          },
          { id: '3', side: 'theirs', act: 'Destroy and certify', due: '2027-12-31' },
        ]}
      />,
    );
    const stamps = [...place.querySelectorAll('li')].map((one) => one.textContent);
    expect(stamps[0]).toMatch(/^OursSealed.*signed$/);
    expect(stamps[1]).toContain('recorded by us, not signed by them');
    expect(stamps[2]).toContain('Due 31 Dec 2027');
    expect(place.querySelectorAll('li[data-open]')).toHaveLength(1);
  });
});

describe('what still blocks', () => {
  it('gives each line the act that mends it', () => {
    const onAction = vi.fn();
    const place = onScreen(
      <BlockList
        blocks={[
          {
            id: '1',
            text: 'Nobody has compared it.',
            action: { label: 'Compare now', onAction },
          },
        ]}
      />,
    );
    press(control(place, 'Compare now'));
    expect(onAction).toHaveBeenCalledOnce();
  });

  it('says so when nothing is left', () => {
    expect(onScreen(<BlockList blocks={[]} />).textContent).toBe('Nothing blocks.');
  });
});

describe('steps', () => {
  it('can be taken in any order and speak their state', () => {
    const onSelect = vi.fn();
    const place = onScreen(
      <Steps
        steps={[
          { id: 'what', label: 'What', state: 'done' },
          { id: 'why', label: 'Why', state: 'attention' },
        ]}
        current="why"
        onSelect={onSelect}
      />,
    );
    expect(find(place, '[aria-current="step"]').textContent).toBe('Why');
    expect(find(place, 'li svg').getAttribute('aria-label')).toBe('complete');
    press(control(place, 'What'));
    expect(onSelect).toHaveBeenCalledWith('what');
  });
});
