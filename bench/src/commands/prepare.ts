import { BenchCluster } from '../cluster';
import { unlessFailed, type Ground } from '../measure';
import { OperatorProcess, ours } from '../operators';
import { People, Population, removeQuotas, settleTenants } from '../scenario';

/** Returns a function that writes a text to standard error with the seconds since this call. */
export function stopwatch(): (text: string) => void {
  const began = performance.now();
  return text => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stderr.write(`${seconds.padStart(7)} s  ${text}\n`);
  };
}

/**
 * Starts a control plane, creates the tenants with our operator, runs the measurement, and stops everything.
 */
export async function withPopulation<T>(
  size: { apps: number; tenants: number },
  act: (ground: Ground) => Promise<T>,
): Promise<T> {
  const say = stopwatch();
  const cluster = await BenchCluster.start();
  try {
    const population = new Population(size);
    const people = new People(cluster.admin);
    say(`Making ${size.tenants} tenants`);
    const operator = await OperatorProcess.start(
      await ours(),
      cluster.kubeconfig,
    );
    await unlessFailed(cluster.admin, operator, () =>
      settleTenants(cluster.admin, population),
    ).finally(() => operator.kill());
    await removeQuotas(cluster.admin);
    say(`Packing the code of ${size.apps} apps`);
    await people.pushCode(population);
    return await act({ cluster, population, people, say });
  } finally {
    await cluster.stop();
  }
}
