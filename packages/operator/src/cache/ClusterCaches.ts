import {
  coreKinds,
  Informer,
  toKey,
  type ConfigMap,
  type CronJob,
  type Deployment,
  type Job,
  type KubeClient,
  type KubeObject,
  type Namespace,
  type Node,
  type PersistentVolumeClaim,
  type Pod,
  type ResourceQuota,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { hashAnnotation, ownerAnnotation, systemNamespace } from '../names';
import { jobNameOf } from './appInstances';
import { appOfBundle } from './appOfBundle';
import { dropForeignContent } from './dropForeignContent';
import { isCreatedByOperator } from './isCreatedByOperator';
import { withoutContent } from './withoutContent';
import { withoutPodTemplate } from './withoutPodTemplate';

/** Told why objects of a kind cannot be followed. */
export type OnWatchError = (type: ResourceType, error: unknown) => void;

/** Copies of what is on a cluster with environments. */
export interface ClusterCaches {
  storageClasses: Informer<KubeObject>;
  nodes: Informer<Node>;
  /** All namespaces, also foreign ones. */
  namespaces: Informer<Namespace>;
  /** All ConfigMaps, without content. */
  configMaps: Informer<ConfigMap>;
  /** The ConfigMap that maps runtime names to images, with content. */
  runtimeImages: Informer<ConfigMap>;
  quotas: Informer<ResourceQuota>;
  deployments: Informer<Deployment>;
  cronJobs: Informer<CronJob>;
  /** All Jobs, without what their pods are made from. */
  jobs: Informer<Job>;
  claims: Informer<PersistentVolumeClaim>;
  /** Indexes `app`, and `job` with its namespace and name. */
  pods: Informer<Pod>;
  /** Objects that the operator made, by kind; indexes `tenant` and `app`. */
  children: Record<string, Informer<KubeObject>>;
}

/** Only apps that ask for some kinds need them; the others do not wait for the right to read them. */
const patience = 10_000;

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
    return tenant && isCreatedByOperator(object) ? [tenant] : [];
  },
  app: (object: KubeObject) =>
    isCreatedByOperator(object) ? byLabels.app(object) : byOwner(object),
};

/** The second mark that the operator leaves, for objects that somebody took the labels from. */
function byOwner({ metadata: { annotations: marks = {} } }: KubeObject) {
  const [, app] = /^App (\S+)$/.exec(marks[ownerAnnotation] ?? '') ?? [];
  return app && marks[hashAnnotation] !== undefined ? [app] : [];
}

/** Makes copies of all objects of a kind. */
export function informersFrom(client: KubeClient, onError: OnWatchError) {
  return <T extends KubeObject>(type: ResourceType<T>, options: object = {}) =>
    new Informer<T>({
      client,
      type,
      onError: error => onError(type, error),
      ...options,
    });
}

/** Creates the caches of one cluster; they are empty until they are started. */
export function createClusterCaches(
  client: KubeClient,
  onError: OnWatchError,
): ClusterCaches {
  const all = informersFrom(client, onError);
  // Everybody's objects, so that a name is known to be taken before it is written.
  const owned = <T extends KubeObject>(
    type: ResourceType<T>,
    options: object = {},
  ) => all<T>(type, { indexes, transform: dropForeignContent, ...options });

  const namespaces = all(coreKinds.namespaces, { indexes });
  const configMaps = all(coreKinds.configMaps, {
    indexes: { ...indexes, bundle: bundleOf },
    transform: withoutContent,
  });
  const quotas = owned(coreKinds.resourceQuotas);
  const deployments = owned(coreKinds.deployments);
  const cronJobs = owned(coreKinds.cronJobs, { patience });
  const jobs = owned(coreKinds.jobs, {
    patience,
    transform: withoutPodTemplate,
  });
  const claims = owned(coreKinds.persistentVolumeClaims, { patience });
  const children: Informer<any>[] = [
    namespaces,
    configMaps,
    quotas,
    deployments,
    cronJobs,
    jobs,
    claims,
    owned(coreKinds.horizontalPodAutoscalers, { patience }),
    owned(coreKinds.limitRanges),
    owned(coreKinds.roleBindings),
    owned(coreKinds.clusterRoles),
    owned(coreKinds.clusterRoleBindings),
    owned(coreKinds.networkPolicies),
    owned(coreKinds.serviceAccounts),
    owned(coreKinds.services),
  ];
  return {
    storageClasses: all(coreKinds.storageClasses, { patience }),
    nodes: all(coreKinds.nodes),
    namespaces,
    configMaps,
    runtimeImages: all(coreKinds.configMaps, {
      namespace: systemNamespace,
      fieldSelector: 'metadata.name=runtime-images',
    }),
    quotas,
    deployments,
    cronJobs,
    jobs,
    claims,
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
    children: Object.fromEntries(
      children.map(child => [child.type.kind, child]),
    ),
  };
}
