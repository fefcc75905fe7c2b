import {
  coreKinds,
  ignoreNotFound,
  keyOf,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  buildKind,
  grantKind,
  labels,
  releaseKind,
  runKind,
  workspaceKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isCreatedByOperator } from '../../cache';
import type { Placement } from '../../placement';

/** Number of objects of a kind. */
export interface KindCount {
  kind: string;
  count: number;
}

/** Timeout of requests to a target, milliseconds. */
const targetTimeout = 10_000;

/** Bailiwick's own kinds in the home namespace of a tenant. */
const ourKinds: ResourceType[] = [
  appKind,
  releaseKind,
  grantKind,
  runKind,
  buildKind,
  workspaceKind,
];

/**
 * Counts the objects of a tenant by kind, in its namespaces and cluster-wide, on the hub and all
 * connected targets.
 */
export async function countTenantObjects(
  placement: Placement,
  tenant: string,
  signal: AbortSignal,
): Promise<KindCount[]> {
  const found = await Promise.all(
    reachablePlacements(placement).map(one =>
      countOn(one, tenant, withTargetTimeout(one, signal)),
    ),
  );
  const sums = new Map<string, number>();
  for (const { count, kind } of found.flat())
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums]
    .map(([kind, count]) => ({ kind, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.kind.localeCompare(b.kind));
}

/** Returns the hub and the connected targets. */
function reachablePlacements(placement: Placement): Placement[] {
  const targets = placement.targets
    .list()
    .filter(({ isConnected }) => isConnected);
  return [placement, ...targets.flatMap(target => target.placement ?? [])];
}

/** Limits requests to a target, which may have just become unreachable. */
function withTargetTimeout(
  { target }: Placement,
  signal: AbortSignal,
): AbortSignal {
  return target
    ? AbortSignal.any([signal, AbortSignal.timeout(targetTimeout)])
    : signal;
}

async function countOn(
  placement: Placement,
  tenant: string,
  signal: AbortSignal,
): Promise<KindCount[]> {
  const namespaces = await listCreated(
    placement,
    coreKinds.namespaces,
    tenant,
    signal,
  );
  return Promise.all(
    allKinds(placement).map(async type => {
      const found =
        type.scope === 'Cluster'
          ? await listCreated(placement, type, tenant, signal)
          : await listInside(placement, type, namespaces, signal);
      return { kind: type.kind, count: found.length };
    }),
  );
}

/**
 * Lists the objects that a deleted tenant has left on the hub and all connected targets. Other
 * targets had none when the tenant was deleted.
 *
 * @param successor - a later tenant of the same name, whose objects do not count
 */
export async function listLeftovers(
  placement: Placement,
  tenant: string,
  successor: Tenant | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const names = await Promise.all(
    reachablePlacements(placement).map(async one => {
      const left = await leftoversOn(
        one,
        tenant,
        successor,
        withTargetTimeout(one, signal),
      );
      const where = one.target ? ` on ${one.target.name}` : '';
      return left.map(name => name + where);
    }),
  );
  return names.flat();
}

async function leftoversOn(
  placement: Placement,
  tenant: string,
  successor: Tenant | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const since = successor?.metadata.creationTimestamp;
  const isOld = ({ metadata }: KubeObject) =>
    !since || (metadata.creationTimestamp ?? '') < since;
  // By name and not by label, as labels may have been removed.
  const all = await placement.client
    .resource(coreKinds.namespaces)
    .list({ metadataOnly: true, signal });
  const namespaces = all.filter(
    one => one.metadata.name.startsWith(`${tenant}--`) && isOld(one),
  );
  const found = await Promise.all([
    ...allKinds(placement).map(async type => ({
      type,
      objects: await listCreated(placement, type, tenant, signal),
    })),
    ...contentKinds(placement).map(async type => ({
      type,
      objects: await listInside(placement, type, namespaces, signal),
    })),
    { type: coreKinds.namespaces, objects: namespaces },
  ]);
  const names = found.flatMap(({ type, objects }) =>
    objects.filter(isOld).map(object => `${type.kind} ${keyOf(object)}`),
  );
  return [...new Set(names)];
}

function allKinds({ caches, target }: Placement): ResourceType[] {
  const made = Object.values(caches.children).map(({ type }) => type);
  return [...made, ...contentKinds({ target })];
}

/** Returns the kinds that people and controllers create in the namespaces of a tenant. */
function contentKinds({ target }: Pick<Placement, 'target'>): ResourceType[] {
  return [coreKinds.pods, ...(target ? [] : ourKinds)];
}

/** Lists the objects that the operator created for a tenant; anyone may set the labels alone. */
async function listCreated(
  { client }: Placement,
  type: ResourceType,
  tenant: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const labelSelector = `${labels.tenant}=${tenant}`;
  const found = await client
    .resource(type)
    .list({ labelSelector, metadataOnly: true, signal });
  return found.filter(isCreatedByOperator);
}

async function listInside(
  { client }: Placement,
  type: ResourceType,
  namespaces: KubeObject[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const found = await Promise.all(
    namespaces.map(({ metadata: { name: namespace } }) =>
      client
        .resource(type)
        .list({ namespace, metadataOnly: true, signal })
        .catch(ignoreNotFound),
    ),
  );
  return found.flatMap(objects => objects ?? []);
}
