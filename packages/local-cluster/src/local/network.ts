import { ClusterError } from '../ClusterError';
import { existsSync } from 'node:fs';
import { parseObject, readIfThere, readJson, replaceJson } from '../files';
import {
  isClusterNetwork,
  type ClusterNetwork,
} from '../network/ClusterNetwork';
import { cellAt, cellNetwork, isCellFree } from '../network/cell';
import type { ClusterPaths } from '../paths';
import { loopbackNetwork, portsAreFree } from '../network/loopback';
import { cellIndex } from './isolation';

/**
 * Returns the cluster's network: that of its last start, otherwise a new one.
 *
 * @param paths - the cluster's files, which store the choice
 * @param isolated - whether the cluster has its own namespaces
 * @throws ClusterError when its addresses or ports are in use
 */
export async function settleNetwork(
  paths: ClusterPaths,
  isolated: boolean,
): Promise<ClusterNetwork> {
  const kept = keptNetwork(paths, isolated);
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
  replaceJson(paths.network, network, { durable: true });
  return network;
}

/**
 * Reads the network of the last start. A damaged file has no effect if the layout of the cell contains its number, or
 * without a cell: nothing depends on the ports of a control plane alone.
 */
function keptNetwork(
  paths: ClusterPaths,
  isolated: boolean,
): ClusterNetwork | undefined {
  const index = cellIndex(paths);
  const known = parseObject<ClusterNetwork>(readIfThere(paths.network) ?? '');
  if (existsSync(paths.network) && !isClusterNetwork(known)) {
    if (index !== undefined) return cellAt(index);
    if (!isolated) return undefined;
  }
  return readJson<ClusterNetwork>(paths.network, {
    remedy:
      'Restore it from a backup: stored objects contain these addresses. Otherwise delete the data with bailiwick-cluster reset.',
    isComplete: isClusterNetwork,
  });
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
    'Stop the programs that use them (see ip route), or delete the data with bailiwick-cluster reset.',
  );
}

async function settleLoopback(kept?: ClusterNetwork): Promise<ClusterNetwork> {
  return kept && (await portsAreFree(kept)) ? kept : loopbackNetwork();
}
