import type { Contract } from '../../preload/contract/index.ts';
import type { Failure, InputOf, Reply } from '../../preload/contract/kinds.ts';
import { bridge } from '../bridge.ts';
import { messages } from './messages.ts';

type Use = InputOf<Contract['files']['pick']>['use'];

/** A chosen file or folder that serves one use. */
export interface Picked<U extends Use> {
  readonly id: string;
  readonly use: U;
}

const CHANGED_THEIR_MIND: Failure = { code: 'cancelled', message: '' };

/** Has the person choose one file or folder in the system's picker. Changing one's mind cancels. */
export function pickOne<U extends Use>(use: U, folders = false): Promise<Reply<Picked<U>>> {
  return onlyOne(use, { use, folders });
}

/** Has the person say where a new file goes, and how it is called; `name` is to begin with. */
export function pickNew(name: string): Promise<Reply<Picked<'save'>>> {
  return onlyOne('save', { use: 'save', name });
}

async function onlyOne<U extends Use>(
  use: U,
  asked: InputOf<Contract['files']['pick']>,
): Promise<Reply<Picked<U>>> {
  const picked = await bridge.files.pick(asked);
  if (!picked.ok) return picked;
  const token = picked.value[0]?.token;
  return token?.use === use
    ? { ok: true, value: { id: token.id, use } }
    : { ok: false, failure: CHANGED_THEIR_MIND };
}

/** Says that something was written, with a way to the folder that it is in. */
export function tellWritten(
  text: string,
  written: { readonly id: string; readonly use: string },
  reveal: string,
): void {
  messages.show({
    tone: 'ok',
    text,
    action: {
      label: reveal,
      onAction: () => {
        void bridge.files.reveal({ file: { id: written.id, use: 'written' } });
      },
    },
  });
}
