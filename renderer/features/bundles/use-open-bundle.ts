import { useCallback, useState } from 'react';
import { bridge } from '../../bridge.ts';
import type { Bundle } from './types.ts';

/** One bundle that is open, or none; the office lets go of it when it is closed. */
export function useOpenBundle() {
  const [bundle, setBundle] = useState<Bundle>();
  const id = bundle?.id;
  const close = useCallback(() => {
    if (id !== undefined) void bridge.bundles.close({ id });
    setBundle(undefined);
  }, [id]);
  return { bundle, setBundle, close };
}
