import { BenchCluster } from '../cluster';
import type { Ground } from '../measure';
import { OperatorProcess, ours } from '../operators';
import { People, Population, removeQuotas, settleTenants } from '../scenario';

/**
 * Starts a control plane and lets our operator make the tenants in it, does something there, and
 * ends it.
 */
export async function withGround<T>(
  size: { apps: number; tenants: number },
  act: (ground: Ground) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const say = (text: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stderr.write(`${seconds.padStart(7)} s  ${text}\n`);
  };
  const cluster = await BenchCluster.start();
  try {
    const population = new Population(size);
    const people = new People(cluster.admin);
    say(`Making ${size.tenants} tenants`);
    const operator = await OperatorProcess.start(
      await ours(),
      cluster.kubeconfig,
    );
    await settleTenants(cluster.admin, population).finally(() =>
      operator.kill(),
    );
    await removeQuotas(cluster.admin);
    say(`Packing the code of ${size.apps} apps`);
    await people.pushCode(population);
    return await act({ cluster, population, people, say });
  } finally {
    await cluster.stop();
  }
}
