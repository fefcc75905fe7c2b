import { readIfThere, replaceFile } from '../files';
import type { ClusterNetwork } from '../network/ClusterNetwork';
import { cellNetwork } from '../network/cell';
import { loopbackNetwork, portsAreFree } from '../network/loopback';

/**
 * Gives the cluster's network: the one of its last start if that is still free, else a new one.
 *
 * @param file - where the choice is kept
 * @param isolated - whether the cluster gets namespaces of its own
 * @throws ClusterError when no addresses or ports are free
 */
export async function settleNetwork(file: string, isolated: boolean): Promise<ClusterNetwork> {
  const content = readIfThere(file);
  const kept = content ? (JSON.parse(content) as ClusterNetwork) : undefined;
  const network = isolated ? await cellNetwork(kept?.index) : await settleLoopback(kept);
  replaceFile(file, `${JSON.stringify(network, null, 2)}\n`);
  return network;
}

async function settleLoopback(kept?: ClusterNetwork): Promise<ClusterNetwork> {
  const usable = kept && kept.index === undefined && (await portsAreFree(kept));
  return usable ? kept : loopbackNetwork();
}
