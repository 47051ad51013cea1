import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, Panel, StatusBadge, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Outgoing } from './types.ts';
import './channels.css';

/** What waits to be sent, with what went wrong so far; nothing when nothing waits. */
export function Queue({
  after,
  onSendNow,
}: {
  /** Asked again whenever this changes. */
  readonly after: unknown;
  /** Left out while it is being done. */
  readonly onSendNow: (() => void) | undefined;
}) {
  const { t } = useTranslation('channels');
  const key = `queue-${String(after)}`;
  const { value = [], failure, reload } = useAnswer(() => bridge.exchange.queue(), key);
  const turn = useAct(({ id, state }: Outgoing) =>
    state === 'paused' ? bridge.exchange.resume({ id }) : bridge.exchange.pause({ id }),
  );
  const cancel = useAct((id: string) => bridge.exchange.cancel({ id }));
  const waiting = value.filter(({ state }) => state === 'waiting' || state === 'paused');
  if (waiting.length === 0) return <FailureNote failure={failure} />;
  return (
    <Panel
      title={t('queue.title')}
      actions={
        onSendNow && (
          <Button size="small" icon="send" onPress={onSendNow}>
            {t('queue.now')}
          </Button>
        )
      }
    >
      <FailureNote failure={failure ?? turn.failure ?? cancel.failure} />
      <ul className="v-queue">
        {waiting.map((item) => (
          <li key={item.id}>
            <Line item={item} />
            <span className="v-channel-acts">
              <Button size="small" onPress={() => void turn.run(item).then(reload)}>
                {t(item.state === 'paused' ? 'queue.resume' : 'queue.pause')}
              </Button>
              <Button
                size="small"
                variant="quiet"
                onPress={() => {
                  void cancel.run(item.id).then((done) => {
                    if (done) messages.show({ tone: 'ok', text: t('queue.cancelled') });
                    reload();
                  });
                }}
              >
                {t('queue.cancel')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const PROBLEMS = [
  'carrier-unreachable',
  'carrier-refused',
  'carrier-denied',
  'carrier-host-changed',
  'carrier-too-large',
  'mail-too-large',
  'folder-unknown',
  'air-gapped',
] as const;

function Line({ item }: { readonly item: Outgoing }) {
  const { t } = useTranslation('channels');
  const formats = useFormats();
  const { what, bytes, state, tries = 0, nextAt, problem } = item;
  const known = PROBLEMS.find((code) => code === problem);
  const why = problem === undefined ? undefined : t(`queue.problem.${known ?? 'other'}`);
  const isPaused = state === 'paused';
  return (
    <span className="v-queue-text">
      <span>{t('queue.line', { what: t(`queue.what.${what}`), size: formats.bytes(bytes) })}</span>
      <span className="v-queue-state">
        <StatusBadge
          tone={isPaused ? 'neutral' : tries > 0 ? 'warn' : 'info'}
          icon={isPaused ? 'minus' : 'clock'}
        >
          {isPaused || tries === 0
            ? t(`queue.states.${isPaused ? 'paused' : 'waiting'}`)
            : t('queue.states.tried', { count: tries })}
        </StatusBadge>
        <span className="v-caption v-muted">
          {[
            why,
            nextAt === undefined ? undefined : t('queue.next', { when: formats.moment(nextAt) }),
          ]
            .filter((part) => part !== undefined)
            .join(', ')}
        </span>
      </span>
    </span>
  );
}
