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
import { openDrafts } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appIndexKey } from '../../cache';
import { fieldManager } from '../../names';
import type { Placement } from '../../placement';
import { containerName, packagesVolume, parseImage, readBundle } from '../app';
import { knownPackages, type KnownPackages } from './recordPackages';
import { judgeTests, type TestVerdict } from './judgeTests';

/** Name of the evidence. */
const check = 'tests';
/** Milliseconds until a pod must have responded, after the runtime's own limit. */
const timeout = 150_000;
/** Maximum size of a response in bytes, which is that of the runtime. */
const maxBytes = 16 * 1024 ** 2;
/** Statuses of pods that cannot run tests: without a draft (404), with an older runtime (422), without confinement (501). */
const refusals = [404, 422, 501];

/** Whether the result of the tests of a release is recorded. */
export function isTested({ status }: Release): boolean {
  return (status?.evidence ?? []).some(one => one.check === check);
}

/**
 * Runs the tests of a release in a pod of this cluster that runs a draft of the app on the same runtime, and records
 * the result. Waits for such a pod if there is none.
 *
 * @param unable - UIDs of pods that cannot run tests
 * @throws KubeApiError when the pod is busy or does not respond
 */
export async function testRelease(
  placement: Placement,
  unable: Set<string>,
  release: Release,
  signal: AbortSignal,
): Promise<void> {
  const { caches, client, hub, now } = placement;
  if (isTested(release)) return;
  const packages = knownPackages(placement, release);
  if (!packages) return;
  const pods = podsFor(placement, release, packages).filter(
    ({ metadata: { uid = '' } }) => !unable.has(uid),
  );
  if (pods.length === 0) return;
  const { app, bundle, commit } = release.spec;
  const { namespace = '' } = release.metadata;
  const name = bundleName(app, commit);
  const code = await readBundle(hub, name, namespace, signal);
  // The check of the code reports a bundle that is missing or was replaced.
  if (!code?.archive || code.digest !== bundle.digest) return;
  for (const pod of pods) {
    const verdict = await runTests(client, pod, code.archive, signal);
    if (!verdict) {
      unable.add(pod.metadata.uid ?? '');
      continue;
    }
    const evidence = [
      ...(release.status?.evidence ?? []),
      { check, ...verdict, at: toInstant(now()) },
    ];
    await applyStatusIfChanged(
      caches.releases,
      release,
      { ...release.status, evidence },
      { fieldManager, signal },
    );
    return;
  }
}

/** Finds pods in environments that are not protected, as nobody has reviewed the code of the tests. */
function podsFor(
  { caches }: Placement,
  { metadata, spec }: Release,
  { artifact }: KnownPackages,
): Pod[] {
  const tenant = tenantOfHome(metadata.namespace ?? '') ?? '';
  const app = caches.apps.get(spec.app, metadata.namespace);
  const drafts = app ? openDrafts(app, caches.tenants.get(tenant)) : [];
  const namespaces = drafts.map(({ name }) =>
    environmentNamespace(tenant, name),
  );
  const runtime = spec.bundle.runtime;
  return caches.pods
    .index('app', appIndexKey(tenant, spec.app))
    .filter(
      pod =>
        namespaces.includes(pod.metadata.namespace ?? '') &&
        serves(pod, runtime) &&
        packagesOf(pod) === artifact,
    );
}

/** Returns the image with the packages of a pod. */
function packagesOf({ spec }: Pod): string | undefined {
  return spec?.volumes?.find(({ name }) => name === packagesVolume)?.image
    ?.reference;
}

/** Whether a pod serves functions on a runtime; one without a version has the version of the pack. */
function serves({ metadata, spec, status }: Pod, runtime: string): boolean {
  const container = spec?.containers.find(({ name }) => name === containerName);
  const state = status?.containerStatuses?.find(
    ({ name }) => name === containerName,
  )?.state;
  const { version } = parseImage(runtime);
  const isSame =
    !version || parseImage(container?.image ?? '').version === version;
  return isSame && Boolean(state?.running) && !metadata.deletionTimestamp;
}

/** Runs the tests in a pod; returns `undefined` if it cannot run them. */
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
    if (error instanceof KubeApiError && refusals.includes(error.status))
      return undefined;
    throw error;
  }
}
