import { ensurePrograms } from '../binaries/ensurePrograms';
import { cellSet } from '../binaries/programSets';
import { issueCertificates } from '../certificates';
import { ClusterError } from '../ClusterError';
import { requestIdentity } from '../kubernetes/requestIdentity';
import { clusterPaths } from '../paths';
import { readState } from '../state/stateFile';

/**
 * Issues an identity of the cluster: a kubeconfig with its own client certificate, valid for a year. RBAC grants rights
 * to its user name and groups.
 *
 * @param options - `out` is the file to write
 * @throws ClusterError when the cluster does not exist or does not issue certificates
 */
export async function issueIdentity(options: {
  dataDir: string;
  name: string;
  commonName: string;
  groups: string[];
  out: string;
}): Promise<void> {
  const paths = clusterPaths(options.dataDir, options.name);
  const state = readState(paths.state);
  if (!state?.server) {
    throw new ClusterError(
      `Cluster ${options.name} was not found in ${options.dataDir}.`,
      `bailiwick-cluster start --name ${options.name} starts one.`,
    );
  }
  if (state.provider !== 'local') {
    await requestIdentity({ state, ...options });
    return;
  }
  const cell = await ensurePrograms(cellSet, { report: () => {} });
  await issueCertificates(cell.path('cell'), {
    directory: paths.pki,
    authorities: ['cluster'],
    certificates: [],
    kubeconfigs: [
      {
        file: options.out,
        authority: 'cluster',
        server: state.server,
        cluster: `bailiwick-${options.name}`,
        commonName: options.commonName,
        organizations: options.groups,
      },
    ],
  });
}
