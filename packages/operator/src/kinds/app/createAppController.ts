import {
  type Controller,
  fromKey,
  isSpecChange,
  keyOf,
  toKey,
  type Change,
  type ConfigMap,
  type KubeObject,
  type Node,
  type ResourceQuota,
  type Watch,
} from '@bailiwick/backstage-kube-controller';
import {
  appOfLabel,
  homeNamespace,
  labels,
  tenantOfHome,
  type App,
  type Build,
  type Cluster,
  type Connection,
  type DomainPack,
  type Grant,
  type Plan,
  type Release,
  type Run,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  packNameOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appOfBundle, podsOn, type Caches } from '../../cache';
import { hasChangedReadiness, supportsUserNamespaces } from '../../inspection';
import { createController, type Placement } from '../../placement';
import { PodProber } from './health';
import { reconcileApp } from './reconcileApp';
import { suspensionKey } from './suspension';

/** Number of keys reconciled concurrently. */
const concurrency = 16;
/** Keeps apps that are edited endlessly from taking all workers. */
const keyRate = { perSecond: 2, burst: 5 };

/** Creates the controller that reconciles apps when they, their inputs or their objects change. */
export function createAppController(placement: Placement): Controller {
  const { caches } = placement;
  const prober = new PodProber(placement.client);
  const appsOf = (tenant: string | undefined) =>
    tenant ? caches.apps.index('home', homeNamespace(tenant)) : [];

  const {
    HorizontalPodAutoscaler,
    NetworkPolicy,
    PodDisruptionBudget,
    Service,
    ServiceAccount,
  } = caches.children;
  // A foreign object blocks the app of its name until it is deleted.
  const appBlockedBy = ({ metadata }: KubeObject) => {
    const { name, namespace = '' } = metadata;
    const place = caches.namespaces.get(namespace)?.metadata.labels;
    const home = homeNamespace(place?.[labels.tenant] ?? '');
    return caches.apps.get(name, home) ? [toKey(name, home)] : [];
  };
  const ofChildren = [
    HorizontalPodAutoscaler,
    NetworkPolicy,
    PodDisruptionBudget,
    Service,
    ServiceAccount,
    caches.deployments,
    caches.cronJobs,
    caches.claims,
  ].map(
    (informer): Watch => ({
      informer,
      toKeys: (object, { type }) => {
        const keys = appOf(object);
        return keys.length === 0 && type === 'deleted'
          ? appBlockedBy(object)
          : keys;
      },
    }),
  );
  let isMapped: boolean | undefined;
  // Pods get or lose their user namespaces.
  const supportHasChanged = () => {
    const before = isMapped;
    isMapped = supportsUserNamespaces(caches.nodes.list()) ?? before;
    return isMapped !== before;
  };
  caches.pods.onChange(({ type, object }) => {
    if (type === 'deleted') prober.forget(object);
  });
  return createController(placement, 'app', {
    concurrency,
    keyRate,
    shardOf: key => fromKey(key).namespace ?? '',
    watches: [
      { informer: caches.apps, toKeys: app => [keyOf(app)] },
      {
        informer: caches.releases,
        toKeys: ({ metadata, spec }: Release) => [
          toKey(spec.app, metadata.namespace),
        ],
      },
      {
        informer: caches.builds,
        toKeys: ({ metadata, spec }: Build) => [
          toKey(spec.app, metadata.namespace),
        ],
      },
      ...[...new Set([caches.configMaps, caches.homeConfigMaps])].map(
        (informer): Watch => ({ informer, toKeys: appOfConfigMap }),
      ),
      {
        // A call waits for an app that is scaled to zero.
        informer: caches.grants,
        toKeys: ({ metadata, spec }: Grant) => {
          const key = toKey(spec.app, metadata.namespace);
          return isAtZero(caches.apps.get(key), spec.environment) ? [key] : [];
        },
      },
      {
        informer: caches.runtimeImages,
        toKeys: () => caches.apps.list().map(keyOf),
      },
      {
        informer: caches.packs,
        toKeys: (pack: DomainPack) =>
          caches.apps.index('pack', packNameOf(pack)).map(keyOf),
      },
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant, change) =>
          isSpecChange(change) || suspensionChanged(change)
            ? appsOf(metadata.name).map(keyOf)
            : [],
      },
      {
        informer: caches.connections,
        toKeys: (connection: Connection) =>
          appsWith(caches, connection).map(keyOf),
      },
      {
        informer: caches.systemSecrets,
        toKeys: ({ metadata }: KubeObject) =>
          caches.connections
            .list()
            .filter(({ spec }) => spec.secret === metadata.name)
            .flatMap(connection => appsWith(caches, connection))
            .map(keyOf),
      },
      {
        // A volume may now be provisioned.
        informer: caches.storageClasses,
        toKeys: () => caches.apps.list().filter(isRefused).map(keyOf),
      },
      {
        informer: caches.runs,
        toKeys: ({ metadata, spec }: Run, change) =>
          phaseChanged(change) ? [toKey(spec.app, metadata.namespace)] : [],
      },
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) =>
          caches.tenants
            .index('plan', metadata.name)
            .flatMap(tenant => appsOf(tenant.metadata.name))
            .map(keyOf),
      },
      {
        informer: caches.clusters,
        toKeys: ({ metadata, spec }: Cluster, { previous }) =>
          spec.userNamespaces === previous?.spec.userNamespaces
            ? []
            : caches.tenants
                .index('cluster', metadata.name)
                .flatMap(tenant => appsOf(tenant.metadata.name))
                .map(keyOf),
      },
      {
        informer: caches.namespaces,
        toKeys: ({ metadata }: KubeObject) =>
          appsOf(metadata.labels?.[labels.tenant]).map(keyOf),
      },
      ...ofChildren,
      {
        // Objects refused by a quota are created as soon as it has capacity.
        informer: caches.quotas,
        toKeys: ({ metadata }: ResourceQuota, change) =>
          hasFreedQuota(change)
            ? appsOf(metadata.labels?.[labels.tenant])
                .filter(isRefused)
                .map(keyOf)
            : [],
      },
      { informer: caches.pods, toKeys: appOf },
      {
        informer: caches.nodes,
        toKeys: (node: Node, change) => {
          if (supportHasChanged()) return caches.apps.list().map(keyOf);
          return hasChangedReadiness(change)
            ? podsOn(caches, node).flatMap(appOf)
            : [];
        },
      },
    ],
    reconcile: (key, { signal }) =>
      reconcileApp(placement, prober, key, signal),
  });
}

/** Whether no pods are wanted in an environment, according to the status of its app. */
function isAtZero(app: App | undefined, environment: string | undefined) {
  return app?.status?.environments?.some(
    ({ name, pods }) => name === environment && pods.desired === 0,
  );
}

/** Whether a tenant or one of its environments was suspended or resumed. */
function suspensionChanged({ object, previous }: Change<Tenant>): boolean {
  return (
    previous !== undefined && suspensionKey(object) !== suspensionKey(previous)
  );
}

/** Returns the apps that can use a connection. */
function appsWith({ apps }: Caches, { spec }: Connection): App[] {
  return spec.pack
    ? apps.index('pack', spec.pack)
    : apps.index('bucket', spec.name);
}

/** Whether a run changed its phase or was deleted. */
function phaseChanged({ object, previous, type }: Change<Run>): boolean {
  return type === 'deleted' || object.status?.phase !== previous?.status?.phase;
}

/** Whether a quota was raised, or less of it is used. */
function hasFreedQuota({ object, previous }: Change<ResourceQuota>): boolean {
  const { hard = {}, used = {} } = object.status ?? {};
  const before = previous?.status;
  return isMore(hard, before?.hard ?? {}) || isMore(before?.used ?? {}, used);
}

/** Whether any resource that both name is larger in the first. */
function isMore(one: Record<string, string>, than: Record<string, string>) {
  return Object.entries(one).some(
    ([name, amount]) =>
      Object.hasOwn(than, name) &&
      amountToNumber(amount) > amountToNumber(than[name]),
  );
}

/** Whether an app has a problem according to its status. */
function isRefused({ status }: App): boolean {
  return (status?.environments ?? []).some(
    ({ health }) => health === 'Failed' || health === 'Degraded',
  );
}

function appOf({ metadata }: KubeObject): string[] {
  const { [labels.tenant]: tenant, [labels.app]: app } = metadata.labels ?? {};
  return tenant && app ? [toKey(appOfLabel(app), homeNamespace(tenant))] : [];
}

function appOfConfigMap(configMap: ConfigMap): string[] {
  const { name, namespace = '' } = configMap.metadata;
  return tenantOfHome(namespace)
    ? [toKey(appOfBundle(name), namespace)]
    : appOf(configMap);
}
