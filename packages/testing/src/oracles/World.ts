import {
  coreKinds,
  keyOf,
  type Deployment,
  type KubeClient,
  type KubeObject,
  type Pod,
  type ResourceQuota,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  planKind,
  releaseKind,
  tenantKind,
  type App,
  type Plan,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A binding of a role. */
export interface Binding extends KubeObject {
  subjects?: { name: string }[];
}

/** Objects that statuses are compared with; maps by `namespace/name`, or by name without a namespace. */
export interface World {
  tenants: Tenant[];
  apps: App[];
  plans: Map<string, Plan>;
  releases: Map<string, Release>;
  namespaces: Map<string, KubeObject>;
  quotas: Map<string, ResourceQuota>;
  policies: Map<string, KubeObject>;
  bindings: Binding[];
  deployments: Map<string, Deployment>;
  services: Map<string, KubeObject>;
  pods: Pod[];
}

/** Reads the world; statuses first, so that their claims had time to become true. */
export async function readWorld(client: KubeClient): Promise<World> {
  const list = <T extends KubeObject>(type: ResourceType<T>) =>
    client.resource(type).list();
  const apps = await list(appKind as ResourceType<App>);
  const tenants = await list(tenantKind as ResourceType<Tenant>);
  const [plans, releases, namespaces, quotas, policies, bindings] =
    await Promise.all([
      list(planKind as ResourceType<Plan>),
      list(releaseKind as ResourceType<Release>),
      list(coreKinds.namespaces),
      list(coreKinds.resourceQuotas),
      list(coreKinds.networkPolicies),
      list(coreKinds.roleBindings),
    ]);
  const [deployments, services, pods] = await Promise.all([
    list(coreKinds.deployments),
    list(coreKinds.services),
    list(coreKinds.pods),
  ]);
  return {
    tenants,
    apps,
    plans: byKey(plans),
    releases: byKey(releases),
    namespaces: byKey(namespaces),
    quotas: byKey(quotas),
    policies: byKey(policies),
    bindings,
    deployments: byKey(deployments),
    services: byKey(services),
    pods,
  };
}

/**
 * Reads the world during changes: only statuses of objects that did not change meanwhile, because others may be
 * outdated.
 */
export async function readMovingWorld(client: KubeClient): Promise<World> {
  const world = await readWorld(client);
  const later = await readWorld(client);
  return {
    ...world,
    apps: unchanged(world.apps, later.apps),
    tenants: unchanged(world.tenants, later.tenants),
  };
}

function unchanged<T extends KubeObject>(before: T[], after: T[]): T[] {
  const later = byKey(after);
  return before.filter(object => {
    const { deletionTimestamp, generation, uid } =
      later.get(keyOf(object))?.metadata ?? {};
    return (
      uid === object.metadata.uid &&
      generation === object.metadata.generation &&
      !deletionTimestamp
    );
  });
}

/** Objects by `namespace/name`. */
export function byKey<T extends KubeObject>(objects: T[]): Map<string, T> {
  return new Map(objects.map(object => [keyOf(object), object]));
}
