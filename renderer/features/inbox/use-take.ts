import { useState } from 'react';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct, type Act } from '../../store/use-act.ts';
import { tokensOf, type Token } from '../packages/index.ts';
import type { TakenFile } from './types.ts';

type Sealed = readonly Token<'sealed'>[];

export interface Taking {
  readonly act: Act<Sealed, { readonly files: readonly TakenFile[] }>;
  /** How many files are being looked at. */
  readonly count: number;
  readonly report: readonly TakenFile[] | undefined;
  /** What was dropped cannot be a sealed file. */
  readonly isWrong: boolean;
  readonly dismiss: () => void;
  readonly pick: () => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
}

/** Sealed files on their way in: chosen or dropped, verified one by one, each with its fate. */
export function useTake(): Taking {
  const go = useWindow((state) => state.go);
  const [count, setCount] = useState(0);
  const [report, setReport] = useState<readonly TakenFile[]>();
  const [isWrong, setWrong] = useState(false);
  const act = useAct((files: Sealed, following) =>
    bridge.inbox.take({ files: [...files] }, following),
  );

  const take = async (files: Sealed) => {
    setCount(files.length);
    setReport(undefined);
    const done = await act.run(files);
    if (done === undefined) return;
    setReport(done.files);
    const first = done.files.find((file) => file.ok && file.taken.kind === 'package');
    if (first?.ok === true) go({ screen: 'inbox', id: first.taken.id });
  };
  const dismiss = () => {
    setReport(undefined);
    setWrong(false);
  };
  return {
    act,
    count,
    report,
    isWrong,
    dismiss,
    pick: async () => {
      const reply = await bridge.files.pick({ use: 'sealed', multiple: true });
      const tokens = reply.ok ? tokensOf(reply.value, 'sealed') : [];
      setWrong(false);
      if (tokens.length > 0) await take(tokens);
    },
    drop: async (files) => {
      const reply = await bridge.files.dropped(files, { use: 'sealed' });
      const tokens = reply.ok ? tokensOf(reply.value, 'sealed') : [];
      setWrong(tokens.length === 0);
      if (tokens.length > 0) await take(tokens);
    },
  };
}
