import { useState } from 'react';
import { bridge } from '../../bridge.ts';
import { pickOne } from '../../store/pick.ts';
import { useAct, type Act } from '../../store/use-act.ts';
import type { Request } from './types.ts';

export interface Asking {
  readonly act: Act<undefined, Request>;
  /** The request that was opened, until it is answered or left. */
  readonly request: Request | undefined;
  readonly choose: () => Promise<void>;
  readonly leave: () => void;
}

/** Somebody's request to agree to a release: chosen, read, answered or left. */
export function useAsked(): Asking {
  const [request, setRequest] = useState<Request>();
  const act = useAct<undefined, Request>(async () => {
    const picked = await pickOne('request');
    if (!picked.ok) return picked;
    const file = picked.value;
    const reply = await bridge.approvals.look({ file });
    if (!reply.ok) return reply;
    return { ok: true, value: { file, asked: reply.value } };
  });
  return {
    act,
    request,
    choose: async () => {
      setRequest(undefined);
      setRequest(await act.run(undefined));
    },
    leave: () => {
      setRequest(undefined);
    },
  };
}
