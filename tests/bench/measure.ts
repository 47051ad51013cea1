import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** Of the processor, on all threads together; 0 where the system does not tell. */
  readonly processor: number;
  /** The peak of resident memory, in MB; 0 where the system does not tell. */
  readonly peak: number;
  readonly stdout: string;
}

/** Whatever takes longer hangs, and is ended. */
const TIMEOUT = 30 * 60_000;

/** Runs a program to its end, with its time and its peak of memory. It has to end with 0. */
export function measure(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Measured> {
  return new Promise((done, failed) => {
    const began = process.hrtime.bigint();
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT,
    });
    let used = { peak: 0, processor: 0 };
    let stdout = '';
    let stderr = '';
    const watch = setInterval(() => {
      used = look(child.pid) ?? used;
    }, 20);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', failed);
    child.once('close', (code) => {
      clearInterval(watch);
      if (code === 0) {
        done({ seconds: Number(process.hrtime.bigint() - began) / 1e9, ...used, stdout });
      } else
        failed(new Error(`${command} ${args.join(' ')}: exit ${code ?? 'by signal'}\n${stderr}`));
    });
  });
}

/** Linux counts time in hundredths of a second, on every machine of today. */
const TICKS = 100;

/** What the kernel keeps of a process: both only grow, so the last look is the best. */
function look(pid: number | undefined): { peak: number; processor: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
    const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')'))
      .split(' ')
      .slice(12)
      .map(Number);
    return peak > 0 ? { peak, processor: (user + system) / TICKS } : undefined;
  } catch {
    return undefined;
  }
}

/** Writes random bytes, none of which repeat within a block of 16 MiB. */
export function writeRandom(path: string, mebibytes: number): void {
  const block = randomBytes(1 << 24);
  const file = openSync(path, 'w');
  for (let left = mebibytes; left > 0; left -= 16) {
    block.writeUInt32LE(left);
    writeSync(file, block, 0, Math.min(left, 16) << 20);
  }
  closeSync(file);
}

/** What one thread of this machine can do, in MB/s, as OpenSSL measures it. */
export function opensslSpeed(algorithm: string): number {
  const { stdout } = spawnSync(
    'openssl',
    ['speed', '-mr', '-seconds', '1', '-bytes', '65536', '-evp', algorithm],
    { encoding: 'utf8' },
  );
  const bytesPerSecond = Number(stdout.trim().split(':').at(-1));
  if (!(bytesPerSecond > 0)) throw new Error(`openssl speed said nothing about ${algorithm}.`);
  return bytesPerSecond / 1e6;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
