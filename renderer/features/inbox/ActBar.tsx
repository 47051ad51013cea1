import type { Act } from '../../store/use-act.ts';
import { WorkBar } from '../../ui/index.ts';

/** The bar of an act under way, with its cancel; nothing while it is not. */
export function ActBar<I, T>({ act, label }: { readonly act: Act<I, T>; readonly label: string }) {
  if (!act.isRunning) return null;
  const { running } = act;
  return (
    <WorkBar
      label={label}
      done={running?.done ?? 0}
      {...(running === undefined ? {} : { total: running.total })}
      {...(running?.speed === undefined ? {} : { speed: running.speed })}
      onCancel={act.cancel}
      isCancelling={act.isCancelling}
    />
  );
}
