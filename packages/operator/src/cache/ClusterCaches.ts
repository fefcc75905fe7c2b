import {
  coreKinds,
  Informer,
  type InformerOptions,
  toKey,
  type ConfigMap,
  type KubeClient,
  type KubeObject,
  type Pod,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { hashAnnotation, ownerAnnotation, systemNamespace } from '../names';
import { jobNameOf } from './appInstances';
import { appOfBundle } from './appOfBundle';
import { dropForeignContent } from './dropForeignContent';
import { isCreatedByOperator } from './isCreatedByOperator';
import { withoutContent } from './withoutContent';
import { withoutPodTemplate } from './withoutPodTemplate';

/** Called when objects of a kind cannot be watched. */
export type OnWatchError = (type: ResourceType, error: unknown) => void;

/** Caches of a cluster with environments. */
export type ClusterCaches = ReturnType<typeof createClusterCaches>;

/**
 * Milliseconds after which controllers start without a kind that only some apps need, as the right
 * to read it may be missing.
 */
const syncTimeout = 10_000;

/** Returns the value of the index `app`. */
export function appIndexKey(tenant: string, app: string): string {
  return `${tenant}/${app}`;
}

/** Indexes the code bundles in home namespaces by app. */
function bundleOf({ metadata }: ConfigMap): string[] {
  const { name, namespace } = metadata;
  return metadata.annotations?.[annotations.bundleDigest]
    ? [toKey(appOfBundle(name), namespace)]
    : [];
}

/** Indexes objects that others created for an app, such as the pods of its Deployment. */
const byLabels = {
  app: ({ metadata }: KubeObject) => {
    const { [labels.tenant]: tenant, [labels.app]: app } =
      metadata.labels ?? {};
    return tenant && app ? [appIndexKey(tenant, app)] : [];
  },
};

/** Indexes objects created by the operator; foreign objects may have the same labels. */
const indexes = {
  tenant: (object: KubeObject) => {
    const tenant = object.metadata.labels?.[labels.tenant];
    return tenant && isCreatedByOperator(object) ? [tenant] : [];
  },
  app: (object: KubeObject) =>
    isCreatedByOperator(object) ? byLabels.app(object) : byOwner(object),
};

/** Indexes the objects of workspaces by `<tenant>/<workspace>`. */
function workspaceOf(object: KubeObject): string[] {
  const { [labels.tenant]: tenant, [labels.workspace]: name } =
    object.metadata.labels ?? {};
  return tenant && name && isCreatedByOperator(object)
    ? [appIndexKey(tenant, name)]
    : [];
}

/** Finds the app by the owner annotation, for objects whose labels were removed. */
function byOwner({ metadata: { annotations: marks = {} } }: KubeObject) {
  const [, app] = /^App (\S+)$/.exec(marks[ownerAnnotation] ?? '') ?? [];
  return app && marks[hashAnnotation] !== undefined ? [app] : [];
}

/** Options of one cache. */
type CacheOptions<T extends KubeObject> = Omit<
  InformerOptions<T>,
  'client' | 'onError' | 'type'
>;

/** Returns a function that creates the informer of a kind. */
export function informersFrom(client: KubeClient, onError: OnWatchError) {
  return <T extends KubeObject>(
    type: ResourceType<T>,
    options: CacheOptions<T> = {},
  ) =>
    new Informer<T>({
      client,
      type,
      onError: error => onError(type, error),
      ...options,
    });
}

/** Creates the caches of one cluster; they are empty until they are started. */
export function createClusterCaches(client: KubeClient, onError: OnWatchError) {
  const all = informersFrom(client, onError);
  // Includes foreign objects, so that a taken name is known before a write.
  const owned = <T extends KubeObject>(
    type: ResourceType<T>,
    options: CacheOptions<T> = {},
  ) => all<T>(type, { indexes, transform: dropForeignContent, ...options });

  const namespaces = all(coreKinds.namespaces, { indexes });
  const configMaps = all(coreKinds.configMaps, {
    indexes: { ...indexes, bundle: bundleOf },
    transform: withoutContent,
  });
  const quotas = owned(coreKinds.resourceQuotas);
  const deployments = owned(coreKinds.deployments);
  const cronJobs = owned(coreKinds.cronJobs, { syncTimeout });
  const jobs = owned(coreKinds.jobs, {
    syncTimeout,
    indexes: { ...indexes, workspace: workspaceOf },
    transform: withoutPodTemplate,
  });
  const claims = owned(coreKinds.persistentVolumeClaims, {
    syncTimeout,
    indexes: { ...indexes, workspace: workspaceOf },
  });
  const children: Informer<any>[] = [
    namespaces,
    configMaps,
    quotas,
    deployments,
    cronJobs,
    jobs,
    claims,
    // Earlier versions created them; the operator deletes what is left.
    owned(coreKinds.horizontalPodAutoscalers, { syncTimeout }),
    owned(coreKinds.podDisruptionBudgets, { syncTimeout }),
    owned(coreKinds.limitRanges),
    owned(coreKinds.roleBindings),
    owned(coreKinds.clusterRoles),
    owned(coreKinds.clusterRoleBindings),
    owned(coreKinds.networkPolicies),
    owned(coreKinds.serviceAccounts),
    owned(coreKinds.services),
  ];
  return {
    storageClasses: all(coreKinds.storageClasses, { syncTimeout }),
    nodes: all(coreKinds.nodes),
    /** All namespaces, including foreign ones. */
    namespaces,
    /** All ConfigMaps, without content. */
    configMaps,
    /** The ConfigMap that maps runtime names to images, with content. */
    runtimeImages: all(coreKinds.configMaps, {
      namespace: systemNamespace,
      fieldSelector: 'metadata.name=runtime-images',
    }),
    quotas,
    deployments,
    cronJobs,
    /** All Jobs, without their pod templates. Indexes: those of children, and `workspace`. */
    jobs,
    /** Indexes: those of children, and `workspace`. */
    claims,
    /** Indexes: `app`, and `job` by namespace and name. */
    pods: all(coreKinds.pods, {
      labelSelector: `${labels.managedBy}=${managedBy}`,
      indexes: {
        ...byLabels,
        job: (pod: Pod) => {
          const job = jobNameOf(pod);
          return job ? [toKey(job, pod.metadata.namespace)] : [];
        },
      },
    }),
    /** Objects created by the operator, by kind. Indexes: `tenant` and `app`. */
    children: Object.fromEntries<Informer<KubeObject>>(
      children.map(child => [child.type.kind, child]),
    ),
  };
}
