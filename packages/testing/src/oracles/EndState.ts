import type {
  KubeClient,
  KubeObject,
  ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  homeNamespace,
  labels,
  tenantKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { childKinds } from './childKinds';

/** All objects of a tenant, by `Kind namespace/name`, without values that differ between runs. */
export type EndState = Record<string, unknown>;

/** Put in place of the tenant's name, so that the end states of two tenants can be compared. */
const anyTenant = 'TENANT';
/** Fields with a new value each time. */
const chosenAnew = new Set([
  'at',
  'clusterIP',
  'clusterIPs',
  'creationTimestamp',
  'generation',
  'lastTransitionTime',
  'managedFields',
  'resourceVersion',
  'since',
  'uid',
  // Samples are taken at different times, of the objects that existed then.
  'usage',
  'bailiwick.dev/desired-hash',
]);
/** Fields with the user of a tenant's pods, where there are no user namespaces. */
const users = new Set([
  'fsGroup',
  'runAsGroup',
  'runAsUser',
  'bailiwick.dev/user',
]);
/** Kinds whose status is written by others, and does not concern the operator. */
const statusOfOthers = new Set([
  'Deployment',
  'Namespace',
  'PodDisruptionBudget',
  'ResourceQuota',
  'Service',
]);

/** Reads everything of a tenant. */
export async function readEndState(
  client: KubeClient,
  tenant: string,
): Promise<EndState> {
  const objects = await Promise.all([
    ...childKinds.map(type =>
      list(client, type, { labelSelector: `${labels.tenant}=${tenant}` }),
    ),
    list(client, tenantKind, { fieldSelector: `metadata.name=${tenant}` }),
    list(client, appKind, { namespace: homeNamespace(tenant) }),
  ]);
  return Object.fromEntries(
    objects
      .flat()
      .map(object => normalise(object, tenant))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

async function list(
  client: KubeClient,
  type: ResourceType,
  selection: object,
): Promise<KubeObject[]> {
  return client.resource(type).list(selection);
}

/** Returns an object with its name, without values that differ between runs. */
export function normalise(
  object: KubeObject & { status?: { observedGeneration?: number } },
  tenant: string,
): [string, unknown] {
  const { kind, metadata, status, ...rest } = object;
  const isCurrent = status?.observedGeneration === metadata.generation;
  const seen = {
    ...rest,
    metadata,
    ...(status &&
      !statusOfOthers.has(kind ?? '') && {
        status: { ...status, observedGeneration: isCurrent },
      }),
  };
  const text = JSON.stringify(seen, (field, value) =>
    chosenAnew.has(field) ? undefined : masked(field, value),
  );
  const name = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  return [
    name.replaceAll(tenant, anyTenant),
    JSON.parse(text.replaceAll(tenant, anyTenant)),
  ];
}

function masked(field: string, value: unknown): unknown {
  if (field === 'deletionTimestamp') return 'going';
  if (users.has(field)) return anyTenant;
  // The generation of conditions means the same as that of the whole status.
  return field === 'observedGeneration' && typeof value === 'number'
    ? undefined
    : value;
}

/** Returns the differences between two end states, one sentence per field. */
export function differences(
  reference: unknown,
  found: unknown,
  path = '',
): string[] {
  if (isObject(reference) && isObject(found)) {
    const fields = new Set([...Object.keys(reference), ...Object.keys(found)]);
    return [...fields].flatMap(field =>
      differences(
        reference[field],
        found[field],
        path ? `${path}.${field}` : field,
      ),
    );
  }
  const [wanted, is] = [reference, found].map(value => JSON.stringify(value));
  return wanted === is ? [] : [`${path} is ${is}, not ${wanted}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
