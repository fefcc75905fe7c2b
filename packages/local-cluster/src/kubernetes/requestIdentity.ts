import { setTimeout as sleep } from 'node:timers/promises';
import { ensurePrograms } from '../binaries/ensurePrograms';
import { cellSet, kubernetesSet } from '../binaries/programSets';
import { ClusterError } from '../ClusterError';
import { replaceJson } from '../files';
import { findProgram } from '../binaries/findProgram';
import { run } from '../process/run';
import type { ClusterState } from '../state/ClusterState';

const ATTEMPTS = 50;
const POLL_MS = 200;

/**
 * Requests a client certificate of a foreign cluster through its certificates API.
 *
 * @throws ClusterError when the cluster does not sign it
 */
export async function requestIdentity(options: {
  state: ClusterState;
  commonName: string;
  groups: string[];
  out: string;
}): Promise<void> {
  const { state, commonName, groups, out } = options;
  const kubectl = await findProgram('kubectl', kubernetesSet, {
    report: () => {},
  });
  const ask = (input: string | undefined, ...rest: string[]) =>
    run(kubectl, [`--kubeconfig=${state.kubeconfig}`, ...rest], {
      input,
      timeout: 30_000,
    });
  const cell = await ensurePrograms(cellSet, { report: () => {} });
  const wanted = JSON.stringify({ commonName, organizations: groups });
  const { key, request } = JSON.parse(
    await run(cell.path('cell'), ['csr'], { input: wanted }),
  );

  const name = `bailiwick-${commonName.replace(
    /[^a-z0-9]+/g,
    '-',
  )}-${Date.now()}`;
  const object = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: {
      request,
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  };
  await ask(JSON.stringify(object), 'create', '--filename=-');
  try {
    await ask(undefined, 'certificate', 'approve', name);
    const path = [
      'get',
      'csr',
      name,
      '--output=jsonpath={.status.certificate}',
    ];
    let certificate = '';
    for (let attempt = 0; attempt < ATTEMPTS && !certificate; attempt++) {
      if (attempt > 0) await sleep(POLL_MS);
      certificate = (await ask(undefined, ...path)).trim();
    }
    if (!certificate) {
      throw new ClusterError(
        `The cluster does not sign a client certificate for ${commonName}.`,
        'Create a kubeconfig for this user with the tools of your cluster, and set its path in the configuration.',
      );
    }
    const config = JSON.parse(
      await ask(
        undefined,
        'config',
        'view',
        '--raw',
        '--minify',
        '--flatten',
        '--output=json',
      ),
    );
    const user = {
      'client-certificate-data': certificate,
      'client-key-data': key,
    };
    config.users = [{ name: commonName, user }];
    config.contexts[0].context.user = commonName;
    replaceJson(out, config, { mode: 0o600 });
  } finally {
    await ask(undefined, 'delete', 'csr', name, '--ignore-not-found');
  }
}
