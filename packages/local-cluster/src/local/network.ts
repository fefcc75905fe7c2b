import { ClusterError } from '../ClusterError';
import { readJson, replaceJson } from '../files';
import type { ClusterNetwork } from '../network/ClusterNetwork';
import { cellNetwork, isCellFree } from '../network/cell';
import type { ClusterPaths } from '../paths';
import { loopbackNetwork, portsAreFree } from '../network/loopback';

/**
 * Gives the cluster's network: the one of its last start, else a new one.
 *
 * @param paths - the cluster's files; the choice is kept among them
 * @param isolated - whether the cluster gets namespaces of its own
 * @throws ClusterError when the addresses or ports it has to have are taken
 */
export async function settleNetwork(
  paths: ClusterPaths,
  isolated: boolean,
): Promise<ClusterNetwork> {
  const kept = readJson<ClusterNetwork>(
    paths.network,
    'Restore it from a backup: stored objects carry these addresses. bailiwick-cluster reset begins with empty data.',
  );
  if (kept && (kept.index !== undefined) !== isolated) {
    throw new ClusterError(
      `The data in ${paths.directory} belongs to a cluster ${
        isolated ? 'without' : 'with'
      } a node.`,
      'Start it as before, choose another --name, or delete the data with bailiwick-cluster reset.',
    );
  }
  const network = isolated
    ? settleCell(paths, kept)
    : await settleLoopback(kept);
  if (network !== kept) replaceJson(paths.network, network, { durable: true });
  return network;
}

/** The stored objects carry Service addresses, so a cluster cannot move to another cell. */
function settleCell(
  paths: ClusterPaths,
  kept?: ClusterNetwork,
): ClusterNetwork {
  if (kept?.index === undefined) return cellNetwork(paths.directory);
  if (isCellFree(kept.index)) return kept;
  throw new ClusterError(
    `The addresses of this cluster (${kept.address}, ${kept.pods}) are in use on this machine.`,
    'Stop what uses them (ip route lists it), or delete the data with bailiwick-cluster reset.',
  );
}

async function settleLoopback(kept?: ClusterNetwork): Promise<ClusterNetwork> {
  return kept && (await portsAreFree(kept)) ? kept : loopbackNetwork();
}
