import { useTranslation } from 'react-i18next';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import type { Route } from '../../routes.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  EmptyState,
  Icon,
  PageHeader,
  Panel,
  Skeleton,
  useFormats,
  type IconName,
  type Tone,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import './overview.css';

type Item = ValueOf<Contract['overview']['items']>[number];

const LOOKS: Readonly<Record<Item['code'], { icon: IconName; tone: Tone }>> = {
  'ledger-doubted': { icon: 'warning', tone: 'bad' },
  'ledger-alarm': { icon: 'warning', tone: 'bad' },
  conflict: { icon: 'warning', tone: 'bad' },
  quarantine: { icon: 'stop', tone: 'bad' },
  'approval-wanted': { icon: 'stamp', tone: 'info' },
  'approval-waited': { icon: 'stamp', tone: 'neutral' },
  'inbox-undecided': { icon: 'inbox', tone: 'info' },
  'draft-open': { icon: 'edit', tone: 'neutral' },
  'package-unsent': { icon: 'send', tone: 'warn' },
  'receipts-outstanding': { icon: 'clock', tone: 'warn' },
  'queue-waiting': { icon: 'receipt', tone: 'info' },
  'retention-due': { icon: 'calendar', tone: 'warn' },
  recalled: { icon: 'undo', tone: 'warn' },
  'destruction-overdue': { icon: 'clock', tone: 'warn' },
  'contact-unverified': { icon: 'fingerprint', tone: 'warn' },
  'key-expires': { icon: 'key', tone: 'warn' },
  'policy-changed': { icon: 'file', tone: 'bad' },
};

/** What needs a person now, most pressing first; each line with the one act that mends it. */
export function OverviewScreen() {
  const { t } = useTranslation('overview');
  const vault = useWindow((state) => state.vault);
  const go = useWindow((state) => state.go);
  const { value, failure } = useAnswer(() => bridge.overview.items(), 'overview');
  const name = vault?.state === 'open' ? vault.member.name : '';
  return (
    <>
      <PageHeader
        title={t('title', { name })}
        description={value && t('waiting', { count: value.length })}
        actions={
          <Button
            variant="primary"
            icon="add"
            onPress={() => {
              go({ screen: 'packages' });
            }}
          >
            {t('compose')}
          </Button>
        }
      />
      <FailureNote failure={failure} />
      {value === undefined && failure === undefined && <Skeleton />}
      {value?.length === 0 && <Calm />}
      {value && value.length > 0 && (
        <Panel isPadded={false} title={t('list')}>
          <ul className="v-attention">
            {value.map((item) => (
              <AttentionLine key={`${item.code}-${item.id}-${item.title}`} item={item} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function AttentionLine({ item }: { readonly item: Item }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const { icon, tone } = LOOKS[item.code];
  return (
    <li>
      <span className={`v-tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <span className="v-attention-text">
        <span>{item.message}</span>
        <span className="v-muted v-attention-title">
          {item.at === undefined
            ? item.title
            : t('about', { title: item.title, when: formats.when(item.at) })}
        </span>
      </span>
      <Button
        onPress={() => {
          go(placeOf(item));
        }}
      >
        {t(`act.${item.code}`)}
      </Button>
    </li>
  );
}

/** An empty desk: what to do next, and for somebody who is new, what to do first. */
function Calm() {
  const { t } = useTranslation('overview');
  const go = useWindow((state) => state.go);
  const { value: contacts } = useAnswer(() => bridge.contacts.list(), 'contacts');
  if (contacts === undefined) return <Skeleton />;
  const isNew = contacts.length === 0;
  return (
    <EmptyState
      icon="check"
      title={t('calm.title')}
      actions={
        <>
          {isNew && (
            <Button
              variant="primary"
              onPress={() => {
                go({ screen: 'contacts' });
              }}
            >
              {t('calm.contact')}
            </Button>
          )}
          <Button
            onPress={() => {
              go({ screen: 'inbox' });
            }}
          >
            {t('calm.inbox')}
          </Button>
        </>
      }
    >
      {t(isNew ? 'calm.first' : 'calm.text')}
    </EmptyState>
  );
}

function placeOf({ code, id }: Item): Route {
  switch (code) {
    case 'ledger-doubted':
      return { screen: 'history' };
    case 'ledger-alarm':
    case 'conflict':
    case 'contact-unverified':
      return { screen: 'contacts', fingerprint: id };
    case 'quarantine':
    case 'inbox-undecided':
      return { screen: 'inbox', id };
    case 'queue-waiting':
      return { screen: 'inbox' };
    case 'draft-open':
    case 'approval-waited':
      return { screen: 'compose', id };
    case 'key-expires':
    case 'policy-changed':
      return { screen: 'settings' };
    case 'approval-wanted':
    case 'package-unsent':
    case 'receipts-outstanding':
    case 'retention-due':
    case 'recalled':
    case 'destruction-overdue':
      return { screen: 'packages', id };
  }
}
