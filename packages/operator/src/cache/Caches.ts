import {
  coreKinds,
  dropManagedFields,
  Informer,
  toKey,
  type ConfigMap,
  type Deployment,
  type KubeClient,
  type KubeObject,
  type Namespace,
  type Node,
  type Pod,
  type ResourceQuota,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  appKind,
  changeRequestKind,
  clusterKind,
  domainPackKind,
  labels,
  managedBy,
  planKind,
  releaseKind,
  tenantKind,
  type App,
  type ChangeRequest,
  type Cluster,
  type DomainPack,
  type Plan,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { wasMade } from '../apply/wasMade';
import { hashAnnotation, ownerAnnotation, systemNamespace } from '../names';
import { appOfBundle } from './appOfBundle';
import { namesOfOthers } from './namesOfOthers';
import { withoutContent } from './withoutContent';

/** Copies of everything the operator reads. */
export interface Caches {
  plans: Informer<Plan>;
  packs: Informer<DomainPack>;
  clusters: Informer<Cluster>;
  tenants: Informer<Tenant>;
  requests: Informer<ChangeRequest>;
  apps: Informer<App>;
  releases: Informer<Release>;
  nodes: Informer<Node>;
  /** All namespaces, also foreign ones. */
  namespaces: Informer<Namespace>;
  /** All ConfigMaps, without content. */
  configMaps: Informer<ConfigMap>;
  /** The ConfigMap that maps runtime names to images, with content. */
  runtimeImages: Informer<ConfigMap>;
  quotas: Informer<ResourceQuota>;
  deployments: Informer<Deployment>;
  pods: Informer<Pod>;
  /** Objects that the operator made, by kind; indexes `tenant` and `app`. */
  children: Record<string, Informer<KubeObject>>;
}

/** Value of the index `app`. */
export function appIndexKey(tenant: string, app: string): string {
  return `${tenant}/${app}`;
}

/** Finds the code bundles of an app in its home namespace. */
function bundleOf({ metadata }: ConfigMap): string[] {
  const { name, namespace } = metadata;
  return metadata.annotations?.[annotations.bundleDigest]
    ? [toKey(appOfBundle(name), namespace)]
    : [];
}

/** Finds what others made for an app, such as the pods of its Deployment. */
const byLabels = {
  app: ({ metadata }: KubeObject) => {
    const { [labels.tenant]: tenant, [labels.app]: app } =
      metadata.labels ?? {};
    return tenant && app ? [appIndexKey(tenant, app)] : [];
  },
};

/** Finds what the operator made; an object of somebody else may carry the same labels. */
const indexes = {
  tenant: (object: KubeObject) => {
    const tenant = object.metadata.labels?.[labels.tenant];
    return tenant && wasMade(object) ? [tenant] : [];
  },
  app: (object: KubeObject) =>
    wasMade(object) ? byLabels.app(object) : byOwner(object),
};

/** The second mark that the operator leaves, for objects that somebody took the labels from. */
function byOwner({ metadata: { annotations: marks = {} } }: KubeObject) {
  const [, app] = /^App (\S+)$/.exec(marks[ownerAnnotation] ?? '') ?? [];
  return app && marks[hashAnnotation] !== undefined ? [app] : [];
}

/** Creates the caches; they are empty until they are started. */
export function createCaches(
  client: KubeClient,
  onError: (type: ResourceType, error: unknown) => void,
): Caches {
  const all = <T extends KubeObject>(
    type: ResourceType<T>,
    options: object = {},
  ) =>
    new Informer<T>({
      client,
      type,
      onError: error => onError(type, error),
      ...options,
    });
  // Everybody's objects, so that a name is known to be taken before it is written.
  const owned = <T extends KubeObject>(
    type: ResourceType<T>,
    options: object = {},
  ) => all<T>(type, { indexes, transform: namesOfOthers, ...options });

  const namespaces = all(coreKinds.namespaces, { indexes });
  const configMaps = all(coreKinds.configMaps, {
    indexes: { ...indexes, bundle: bundleOf },
    transform: withoutContent,
  });
  const quotas = owned(coreKinds.resourceQuotas);
  const deployments = owned(coreKinds.deployments);
  const children: Informer<any>[] = [
    namespaces,
    configMaps,
    quotas,
    deployments,
    // Only apps that ask for it need it; the others do not wait for the right to read it.
    owned(coreKinds.horizontalPodAutoscalers, { patience: 10_000 }),
    owned(coreKinds.limitRanges),
    owned(coreKinds.roleBindings),
    owned(coreKinds.clusterRoles),
    owned(coreKinds.clusterRoleBindings),
    owned(coreKinds.networkPolicies),
    owned(coreKinds.serviceAccounts),
    owned(coreKinds.services),
  ];
  return {
    plans: all<Plan>(planKind),
    packs: all<DomainPack>(domainPackKind, { transform: withoutFiles }),
    clusters: all<Cluster>(clusterKind),
    tenants: all<Tenant>(tenantKind, {
      indexes: {
        plan: ({ spec }: Tenant) => [spec.plan],
        owner: ({ spec }: Tenant) => spec.owners,
        cluster: ({ spec }: Tenant) =>
          spec.environments.map(({ cluster }) => cluster),
      },
    }),
    requests: all<ChangeRequest>(changeRequestKind, {
      indexes: {
        target: ({ spec }: ChangeRequest) =>
          spec.target.kind === 'Tenant' ? [spec.target.name] : [],
      },
    }),
    apps: all<App>(appKind, {
      indexes: {
        home: ({ metadata }: App) => [metadata.namespace ?? ''],
        pack: ({ spec }: App) => [spec.archetype.pack],
      },
    }),
    releases: all<Release>(releaseKind, {
      indexes: {
        app: ({ metadata, spec }: Release) => [
          toKey(spec.app, metadata.namespace),
        ],
        home: ({ metadata }: Release) => [metadata.namespace ?? ''],
      },
    }),
    nodes: all(coreKinds.nodes),
    namespaces,
    configMaps,
    runtimeImages: all(coreKinds.configMaps, {
      namespace: systemNamespace,
      fieldSelector: 'metadata.name=runtime-images',
    }),
    quotas,
    deployments,
    pods: all(coreKinds.pods, {
      labelSelector: `${labels.managedBy}=${managedBy}`,
      indexes: byLabels,
    }),
    children: Object.fromEntries(
      children.map(child => [child.type.kind, child]),
    ),
  };
}

/** All informers, each once. */
export function informersOf({ children, ...caches }: Caches): Informer<any>[] {
  return [
    ...new Set<Informer<any>>([
      ...Object.values(caches),
      ...Object.values(children),
    ]),
  ];
}

function withoutFiles(pack: DomainPack): DomainPack {
  const { spec, ...rest } = dropManagedFields(pack);
  const archetypes = spec.archetypes.map(archetype => ({
    ...archetype,
    files: [],
  }));
  return { ...rest, spec: { ...spec, archetypes } };
}
