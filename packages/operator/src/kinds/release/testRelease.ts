import {
  applyStatusIfChanged,
  KubeApiError,
  toInstant,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  bundleName,
  environmentNamespace,
  runtimePort,
  tenantOfHome,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { appIndexKey } from '../../cache';
import { fieldManager } from '../../names';
import { parseObject } from '../../parseObject';
import type { Placement } from '../../placement';
import { containerName, readBundle } from '../app';
import { judgeRefusal, judgeTests, type TestVerdict } from './judgeTests';

/** Name of the evidence. */
const check = 'tests';
/** Milliseconds until a pod must have responded, after the runtime's own limit. */
const timeout = 150_000;
/** Maximum size of a response in bytes. */
const maxBytes = 4 * 1024 ** 2;

/** Whether the result of the tests of a release is recorded. */
export function isTested({ spec, status }: Release): boolean {
  return (
    !spec.bundle || (status?.evidence ?? []).some(one => one.check === check)
  );
}

/**
 * Runs the tests of a release in a pod of this cluster that runs a draft of the app on the same runtime, and records
 * the result. Waits for such a pod if there is none.
 *
 * @throws KubeApiError when the pod is busy or does not respond
 */
export async function testRelease(
  placement: Placement,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const { caches, client, hub, now } = placement;
  const release = caches.releases.get(key);
  if (!release || isTested(release)) return;
  const pod = podFor(placement, release);
  const { app, bundle, commit } = release.spec;
  const { namespace = '' } = release.metadata;
  const code =
    pod && (await readBundle(hub, bundleName(app, commit), namespace, signal));
  // The check of the code reports a bundle that is missing or was replaced.
  if (!pod || !code?.archive || code.digest !== bundle?.digest) return;
  const verdict = await runTests(client, pod, code.archive, signal);
  if (!verdict) return;
  const evidence = { check, ...verdict, at: toInstant(now()) };
  await applyStatusIfChanged(
    caches.releases,
    release,
    {
      ...release.status,
      evidence: [...(release.status?.evidence ?? []), evidence],
    },
    { fieldManager, signal },
  );
}

/** Finds a pod in an environment that is not protected: the tests run whatever the publisher committed. */
function podFor(
  { caches }: Placement,
  { metadata, spec }: Release,
): Pod | undefined {
  const tenant = tenantOfHome(metadata.namespace ?? '') ?? '';
  const app = caches.apps.get(spec.app, metadata.namespace);
  const protectedOnes = caches.tenants
    .get(tenant)
    ?.spec.environments.filter(one => one.protected)
    .map(({ name }) => name);
  const namespaces = (app?.spec.environments ?? [])
    .filter(({ name, release }) => !release && !protectedOnes?.includes(name))
    .map(({ name }) => environmentNamespace(tenant, name));
  const runtime = spec.bundle?.runtime ?? '';
  return caches.pods
    .index('app', appIndexKey(tenant, spec.app))
    .find(
      pod =>
        namespaces.includes(pod.metadata.namespace ?? '') &&
        serves(pod, runtime),
    );
}

/** Whether a pod serves functions on a runtime; one without a version has the version of the pack. */
function serves({ metadata, spec, status }: Pod, runtime: string): boolean {
  const container = spec?.containers.find(({ name }) => name === containerName);
  const state = status?.containerStatuses?.find(
    ({ name }) => name === containerName,
  )?.state;
  const isSame = !/[:@]/.test(runtime) || container?.image === runtime;
  return isSame && Boolean(state?.running) && !metadata.deletionTimestamp;
}

/** Statuses with which a runtime refuses this code, however often it is asked. */
const refusals = [422, 501];

/** Runs the tests in a pod; returns `undefined` if it turns out to run no draft any more. */
async function runTests(
  client: KubeClient,
  { metadata: { name, namespace } }: Pod,
  archive: string,
  signal: AbortSignal,
): Promise<TestVerdict | undefined> {
  try {
    return judgeTests(
      await client.request({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/pods/${name}:${runtimePort}/proxy/try`,
        body: { archive, tests: true },
        signal,
        timeout,
        maxBytes,
      }),
    );
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    // The pod ran a release, or was deleted meanwhile; the next pod is noticed.
    if (error.status === 404) return undefined;
    const reason = ownReason(error);
    if (!reason || !refusals.includes(error.status)) throw error;
    return judgeRefusal(reason);
  }
}

/** Returns the message of a runtime that refused; `undefined` if the API server did. */
function ownReason({ body }: KubeApiError): string | undefined {
  const { error } = parseObject(body) as { error?: { message?: unknown } };
  return error && `${error.message}`;
}
