import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as AriaToastContent,
  UNSTABLE_ToastQueue as AriaToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
} from 'react-aria-components';
import { Button } from './Button.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { TONE_ICON } from './tone.ts';
import type { Tone } from './tone.ts';
import './Toast.css';

export interface Message {
  readonly tone: Tone;
  /** What happened: one sentence. */
  readonly text: string;
  readonly detail?: string;
  /** One way on, or back: "Undo". */
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

/** The messages that wait to be read. */
export interface Messages {
  readonly queue: AriaToastQueue<Message>;
  /** Shows one. Good news leaves after eight seconds; bad news, and what can be undone, stays. */
  show(message: Message): void;
  /** Forgets all of them: on lock. */
  clear(): void;
}

const READ_MS = 8000;

/** A new list of messages; the window has one. */
export function createMessages(): Messages {
  const queue = new AriaToastQueue<Message>({ maxVisibleToasts: 3 });
  return {
    queue,
    show: (message) => {
      const leaves = message.tone !== 'bad' && message.action === undefined;
      queue.add(message, leaves ? { timeout: READ_MS } : {});
    },
    clear: () => queue.clear(),
  };
}

/** Where messages appear: at the end of the window, spoken, reached by F6. */
export function MessageRegion({ messages }: { readonly messages: Messages }) {
  const t = useTexts();
  return (
    <AriaToastRegion queue={messages.queue} className="v-toasts" aria-label={t('toast.region')}>
      {({ toast }) => (
        <AriaToast toast={toast} className="v-toast" data-tone={toast.content.tone}>
          <Icon
            name={TONE_ICON[toast.content.tone]}
            label={t(`tone.${toast.content.tone}`)}
            className={`v-tone-${toast.content.tone}`}
          />
          <AriaToastContent className="v-toast-content">
            <Text slot="title">{toast.content.text}</Text>
            {toast.content.detail !== undefined && (
              <Text slot="description" className="v-toast-detail">
                {toast.content.detail}
              </Text>
            )}
          </AriaToastContent>
          {toast.content.action !== undefined && (
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                toast.content.action?.onAction();
                messages.queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <IconButton
            icon="close"
            label={t('actions.dismiss')}
            slot={null}
            onPress={() => messages.queue.close(toast.key)}
          />
        </AriaToast>
      )}
    </AriaToastRegion>
  );
}
