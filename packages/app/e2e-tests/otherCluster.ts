import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bailiwick = join(__dirname, '../../../scripts/run.mjs');

function target(...args: string[]) {
  const hub = process.env.BAILIWICK_ADMIN_KUBECONFIG ?? '';
  return run(process.execPath, [bailiwick, 'target', ...args, '--hub', hub]);
}

/** Starts another control plane, whose one node is simulated (KWOK), and lets the portal's cluster know it. */
export async function addCluster(name: string): Promise<TestCluster> {
  const cluster = await startTestCluster({
    simulatedNode: true,
    withoutKinds: true,
  });
  try {
    await target('add', name, '--kubeconfig', cluster.kubeconfig);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Lets go of it, and ends it. */
export async function removeCluster(
  name: string,
  cluster: TestCluster,
): Promise<void> {
  try {
    await target('remove', name, '--force');
  } finally {
    await cluster.stop();
  }
}
