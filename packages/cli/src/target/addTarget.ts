import {
  applyManifests,
  coreKinds,
  ignoreNotFound,
  readManifests,
  type ApiServer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  findCondition,
  labels,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../installation/layout';
import {
  accountName,
  desiredAccount,
  kubeconfigOf,
  programs,
  systemNamespace,
  type Program,
} from './accounts';

const options = { fieldManager: 'bailiwick-install' };
const timeoutMs = 60_000;
const interval = 250;

/** Target to add, and the platform to add it to. */
export interface NewTarget {
  name: string;
  title: string;
  hub: KubeClient;
  /** Client of an administrator of the new cluster. */
  target: KubeClient;
  /** The API server of the new cluster, as the hub reaches it. */
  server: ApiServer;
}

/**
 * Prepares a cluster for environments and registers it with Bailiwick. Can be repeated: it adds missing parts and
 * replaces no working ones.
 *
 * @throws KubeApiError when one of the two rejects a request, CommandError when no token arrives
 */
export async function addTarget({
  hub,
  name,
  server,
  target,
  title,
}: NewTarget): Promise<void> {
  await refuseOwn(hub, name);
  const chart = readManifests(
    join(repositoryRoot, 'charts/bailiwick/templates'),
  );
  const isForTargets = ({ metadata }: { metadata: { labels?: object } }) =>
    Object.hasOwn(metadata.labels ?? {}, labels.forTargets);
  await applyManifests(target, chart.filter(isForTargets), options);
  await applyManifests(target, programs.flatMap(desiredAccount), options);
  await copyRuntimes(hub, target);
  for (const program of programs)
    await writeSecret(
      hub,
      name,
      program,
      kubeconfigOf(program, server, await tokenOf(target, program)),
    );
  const { apiVersion, kind } = clusterKind;
  await hub.resource<Cluster>(clusterKind).apply(
    {
      apiVersion,
      kind,
      metadata: { name },
      spec: { title, provider: 'existing', credentials: { secret: name } },
    },
    { ...options, force: true },
  );
}

/**
 * Waits until the operator is connected to a cluster.
 *
 * @returns the status
 * @throws CommandError with the reason after a minute
 */
export async function untilItAnswers(
  hub: KubeClient,
  name: string,
): Promise<string> {
  const end = Date.now() + timeoutMs;
  let words = 'no status yet';
  while (Date.now() < end) {
    const { status } = await hub.resource<Cluster>(clusterKind).get(name);
    const ready = findCondition(status, 'Ready');
    if (ready?.status === 'True') return ready.message;
    words = ready?.message ?? words;
    await pause(interval);
  }
  throw new CommandError(
    `Cluster ${name} was added, but is not ready: ${words}`,
    'Fix the problem and run the command again; bailiwick target list shows the state.',
  );
}

/** @throws CommandError for the name of the hub */
async function refuseOwn(hub: KubeClient, name: string): Promise<void> {
  const found = await hub
    .resource<Cluster>(clusterKind)
    .get(name)
    .catch(ignoreNotFound);
  if (found && !found.spec.credentials)
    throw new CommandError(
      `${name} is Bailiwick's own cluster.`,
      'Choose a different name for the new cluster.',
    );
}

/** Copies the addresses of the runtimes to a cluster that does not have them yet. */
async function copyRuntimes(
  hub: KubeClient,
  target: KubeClient,
): Promise<void> {
  const at = { namespace: systemNamespace };
  const name = 'runtime-images';
  const read = (client: KubeClient) =>
    client.resource(coreKinds.configMaps).get(name, at).catch(ignoreNotFound);
  if (await read(target)) return;
  const found = await read(hub);
  if (!found) return;
  await target.resource(coreKinds.configMaps).create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...at },
    data: found.data,
  });
}

/** @throws CommandError when Kubernetes' controllers make none */
async function tokenOf(target: KubeClient, program: Program): Promise<string> {
  const name = accountName(program);
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const found = await target
      .resource(coreKinds.secrets)
      .get(name, { namespace: systemNamespace })
      .catch(ignoreNotFound);
    const { token } = found?.data ?? {};
    if (token) return Buffer.from(token, 'base64').toString('utf8');
    // Kubernetes deletes one whose account it does not know yet.
    if (!found) await applyManifests(target, desiredAccount(program), options);
    await pause(interval);
  }
  throw new CommandError(
    `The new cluster did not create a token for service account ${systemNamespace}/${name} within a minute.`,
    'Check that its controller manager is running, and run the command again.',
  );
}

async function writeSecret(
  hub: KubeClient,
  name: string,
  { secrets: namespace }: Program,
  kubeconfig: string,
): Promise<void> {
  await hub.resource(coreKinds.secrets).apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, labels: { [labels.kubeconfig]: 'true' } },
      data: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
    },
    { ...options, force: true },
  );
}
