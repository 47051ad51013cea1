/**
 * Milliseconds of processor time that this process has used: what a hostile input costs, whatever
 * else the machine is doing. The clock would fail a test because of the neighbours.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
