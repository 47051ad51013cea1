import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** The peak of resident memory, in MB; 0 where the system does not tell. */
  readonly peak: number;
  readonly stdout: string;
}

/** Runs a program to its end, with its time and its peak of memory. It has to end with 0. */
export function measure(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Measured> {
  return new Promise((done, failed) => {
    const began = process.hrtime.bigint();
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let peak = 0;
    let stdout = '';
    let stderr = '';
    const watch = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid));
    }, 20);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', failed);
    child.once('close', (code) => {
      clearInterval(watch);
      if (code === 0) {
        done({ seconds: Number(process.hrtime.bigint() - began) / 1e9, peak, stdout });
      } else
        failed(new Error(`${command} ${args.join(' ')}: exit ${code ?? 'by signal'}\n${stderr}`));
    });
  });
}

/** Reads the peak that the kernel keeps for a process: it only grows, so the last look is the best. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
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
    ['speed', '-mr', '-seconds', '2', '-bytes', '65536', '-evp', algorithm],
    { encoding: 'utf8' },
  );
  const bytesPerSecond = Number(stdout.trim().split(':').at(-1));
  if (!(bytesPerSecond > 0)) throw new Error(`openssl speed said nothing about ${algorithm}.`);
  return bytesPerSecond / 1e6;
}
