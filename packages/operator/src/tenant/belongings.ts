import {
  coreKinds,
  isNotFound,
  keyOf,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  grantKind,
  labels,
  releaseKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { wasMade } from '../apply';
import type { Scope } from '../scope';

/** How many objects of a kind there are. */
export interface KindCount {
  kind: string;
  count: number;
}

/** Kinds of which people and controllers make objects in the namespaces of a tenant. */
const madeByOthers: ResourceType[] = [
  coreKinds.pods,
  appKind,
  releaseKind,
  grantKind,
];

/** Counts what belongs to a tenant: its namespaces with everything in them, and what is cluster-wide. */
export async function countBelongings(
  scope: Scope,
  tenant: string,
  signal: AbortSignal,
): Promise<KindCount[]> {
  const namespaces = await listMade(
    scope,
    coreKinds.namespaces,
    tenant,
    signal,
  );
  const counts = await Promise.all(
    kindsOf(scope).map(async type => {
      const found =
        type.scope === 'Cluster'
          ? await listMade(scope, type, tenant, signal)
          : await listInside(scope, type, namespaces, signal);
      return { kind: type.kind, count: found.length };
    }),
  );
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.kind.localeCompare(b.kind));
}

/**
 * Names what is left of a tenant that is gone, anywhere in the cluster.
 *
 * @param successor - a later tenant of the same name, whose objects are not left over
 */
export async function countLeft(
  scope: Scope,
  tenant: string,
  successor: Tenant | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const since = successor?.metadata.creationTimestamp;
  const isOld = ({ metadata }: KubeObject) =>
    !since || (metadata.creationTimestamp ?? '') < since;
  // Whatever became of their labels: nobody else's namespaces are named so.
  const all = await scope.client
    .resource(coreKinds.namespaces)
    .list({ metadataOnly: true, signal });
  const namespaces = all.filter(
    one => one.metadata.name.startsWith(`${tenant}--`) && isOld(one),
  );
  const found = await Promise.all([
    ...kindsOf(scope).map(async type => ({
      type,
      objects: await listMade(scope, type, tenant, signal),
    })),
    ...madeByOthers.map(async type => ({
      type,
      objects: await listInside(scope, type, namespaces, signal),
    })),
    { type: coreKinds.namespaces, objects: namespaces },
  ]);
  const names = found.flatMap(({ type, objects }) =>
    objects.filter(isOld).map(object => `${type.kind} ${keyOf(object)}`),
  );
  return [...new Set(names)];
}

function kindsOf({ caches }: Scope): ResourceType[] {
  const made = Object.values(caches.children).map(({ type }) => type);
  return [...made, ...madeByOthers];
}

/** What the operator made for a tenant; labels alone may be set by anybody. */
async function listMade(
  { client }: Scope,
  type: ResourceType,
  tenant: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const labelSelector = `${labels.tenant}=${tenant}`;
  const found = await client
    .resource(type)
    .list({ labelSelector, metadataOnly: true, signal });
  return found.filter(wasMade);
}

async function listInside(
  { client }: Scope,
  type: ResourceType,
  namespaces: KubeObject[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const found = await Promise.all(
    namespaces.map(({ metadata: { name: namespace } }) =>
      client
        .resource(type)
        .list({ namespace, metadataOnly: true, signal })
        .catch(error => {
          if (isNotFound(error)) return [];
          throw error;
        }),
    ),
  );
  return found.flat();
}
