import { powerMonitor } from 'electron';

export interface Watch {
  /** Seconds without a touch after which the vault is locked. */
  readonly idleSeconds: () => number;
  /** A long work runs: it is let finish before idleness locks. */
  readonly isBusy: () => boolean;
  readonly lock: (reason: 'idle' | 'suspend' | 'screen' | 'quit') => void;
}

const LOOK_EVERY_MS = 2000;

/** Locks when nobody is there: idle, asleep, screen locked, system going down. */
export function watchPower({ idleSeconds, isBusy, lock }: Watch): void {
  setInterval(() => {
    if (powerMonitor.getSystemIdleTime() >= idleSeconds() && !isBusy()) lock('idle');
  }, LOOK_EVERY_MS);
  powerMonitor.on('suspend', () => {
    lock('suspend');
  });
  powerMonitor.on('lock-screen', () => {
    lock('screen');
  });
  powerMonitor.on('shutdown', () => {
    lock('quit');
  });
}
