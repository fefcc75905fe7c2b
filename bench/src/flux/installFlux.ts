import {
  applyDefinitions,
  applyManifests,
  readManifests,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { operatorUser } from '../cluster';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../flux');
const project = 'github.com/fluxcd';

/** Flux's manifests give its controllers this role. */
const administrator = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'flux' },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'cluster-admin',
  },
  subjects: [
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: operatorUser },
  ],
};

/** Installs Flux's kinds, and lets the measured user do all that Flux's own role allows. */
export async function installFlux(client: KubeClient): Promise<void> {
  const options = { fieldManager: 'bench' };
  for (const module of await modules()) {
    const definitions = readManifests(join(module, 'config/crd/bases'));
    await applyDefinitions(client, definitions, options);
  }
  await applyManifests(client, [administrator], options);
}

/** Folders of the modules that define Flux's kinds, in Go's module cache. */
async function modules(): Promise<string[]> {
  const sources = `${project}/source-controller`;
  // The program needs only the types of the kinds; their definitions are beside the controller.
  const { Version } = await go('list', '-m', '-json', `${sources}/api`);
  const found = [
    await go('mod', 'download', '-json', `${project}/kustomize-controller`),
    await go('mod', 'download', '-json', `${sources}@${Version}`),
  ];
  return found.map(({ Dir }) => Dir);
}

async function go(
  ...args: string[]
): Promise<{ Dir: string; Version: string }> {
  const { stdout } = await run('go', args, { cwd: folder });
  return JSON.parse(stdout);
}
