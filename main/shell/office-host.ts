import { app, utilityProcess, type UtilityProcess } from 'electron';
import { BORDER_ERRORS } from '../../preload/contract/errors.ts';
import { Caller, type CallOptions, type Port, type WireReply } from '../workers/rpc.ts';

const STOPPED = { code: 'office-stopped', ...BORDER_ERRORS['office-stopped'] } as const;
/**
 * Kilobytes of memory that the office may hold; more ends it, and the program lives on. Watched
 * from here, because a utility process takes no limit for its heap, and buffers are not in it.
 */
const MEMORY_KB = 1.5 * 1024 * 1024;
const LOOK_EVERY_MS = 1000;

export interface HostParts {
  /** The bundled office. */
  readonly script: string;
  /** Folder for the vaults of sample offices. */
  readonly samples: string;
  readonly isPackaged: boolean;
  readonly onEvent: (name: string, payload: unknown) => void;
  /** It ended without being told to. */
  readonly onCrash: () => void;
}

interface Running {
  readonly child: UtilityProcess;
  readonly caller: Caller;
  readonly gone: Promise<void>;
}

/**
 * The office's own process: everything that holds keys or content runs there, so that ending it
 * ends them, and so that its crash leaves the window alive. It is started when it is first asked.
 */
export class OfficeHost {
  private readonly parts: HostParts;
  private running: Running | undefined;

  constructor(parts: HostParts) {
    this.parts = parts;
  }

  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /** Starts the office ahead of the first call, so that unlocking does not wait for it. */
  warm(): void {
    this.running ??= this.start();
  }

  /** Asks the office. A reply always comes: `office-stopped` when it ends meanwhile. */
  call(name: string, input: unknown, options?: CallOptions): Promise<WireReply> {
    this.running ??= this.start();
    return this.running.caller.call(name, input, options);
  }

  /** Ends the office's process and waits until it is gone. */
  async stop(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.caller.end(STOPPED);
    running.child.kill();
    await running.gone;
  }

  private start(): Running {
    const child = utilityProcess.fork(this.parts.script, [this.parts.samples], {
      serviceName: 'valise-office',
      stdio: this.parts.isPackaged ? 'ignore' : 'inherit',
    });
    const caller = new Caller(portOf(child), this.parts.onEvent);
    const watch = setInterval(() => {
      if (heldBy(child.pid) > MEMORY_KB) child.kill();
    }, LOOK_EVERY_MS);
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => {
        clearInterval(watch);
        resolve();
        if (this.running?.child !== child) return;
        this.running = undefined;
        caller.end(STOPPED);
        this.parts.onCrash();
      });
    });
    return { child, caller, gone };
  }
}

function heldBy(pid: number | undefined): number {
  return app.getAppMetrics().find((one) => one.pid === pid)?.memory.workingSetSize ?? 0;
}

function portOf(child: UtilityProcess): Port {
  return {
    send: (message) => child.postMessage(message),
    listen: (listener) => void child.on('message', listener),
  };
}
