import { startTestCluster } from './startTestCluster';

/** Instruction for the program. */
type Order = 'freeze' | 'goOn' | 'stop';

/**
 * A control plane with a simulated node, as a program to be forked by those who cannot import it, as
 * Playwright cannot: it sends the path of the administrator's kubeconfig, and then obeys.
 */
const cluster = await startTestCluster({
  simulatedNode: true,
  withoutKinds: true,
});
let goOn = () => {};

async function stop(): Promise<void> {
  goOn();
  await cluster.stop();
  process.exit();
}

process.on('message', async (order: Order) => {
  if (order === 'freeze') goOn = cluster.freeze();
  if (order === 'goOn') goOn();
  if (order === 'stop') await stop();
});
process.on('disconnect', stop);
process.send?.(cluster.kubeconfig);
