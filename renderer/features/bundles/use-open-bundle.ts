import { useCallback, useEffect, useState } from 'react';
import { bridge } from '../../bridge.ts';
import type { Bundle } from './types.ts';

/** One bundle that is open, or none; the office lets go of it when it leaves the glass. */
export function useOpenBundle() {
  const [bundle, setBundle] = useState<Bundle>();
  const id = bundle?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    return () => void bridge.bundles.close({ id });
  }, [id]);
  const close = useCallback(() => {
    setBundle(undefined);
  }, []);
  return { bundle, setBundle, close };
}
