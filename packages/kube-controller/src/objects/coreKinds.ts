import type {
  ConfigMap,
  CronJob,
  Deployment,
  Event,
  Job,
  Lease,
  Namespace,
  Node,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  Secret,
  Service,
} from './coreObjects';
import type { KubeObject } from './object';
import type { ResourceType } from './resourceType';

/** Returns the plural of a kind in lower case, as Kubernetes itself forms it. */
function pluralOf(kind: string): string {
  return `${kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se')}s`;
}

function namespaced<T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
): ResourceType<T> {
  return { apiVersion, kind, plural: pluralOf(kind), scope: 'Namespaced' };
}

function clusterWide<T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
): ResourceType<T> {
  return { apiVersion, kind, plural: pluralOf(kind), scope: 'Cluster' };
}

const rbac = 'rbac.authorization.k8s.io/v1';

/** The kinds of Kubernetes itself that controllers use most. @public */
export const coreKinds = {
  namespaces: clusterWide<Namespace>('v1', 'Namespace'),
  nodes: clusterWide<Node>('v1', 'Node'),
  configMaps: namespaced<ConfigMap>('v1', 'ConfigMap'),
  secrets: namespaced<Secret>('v1', 'Secret'),
  services: namespaced<Service>('v1', 'Service'),
  serviceAccounts: namespaced('v1', 'ServiceAccount'),
  pods: namespaced<Pod>('v1', 'Pod'),
  events: namespaced<Event>('v1', 'Event'),
  resourceQuotas: namespaced<ResourceQuota>('v1', 'ResourceQuota'),
  limitRanges: namespaced('v1', 'LimitRange'),
  deployments: namespaced<Deployment>('apps/v1', 'Deployment'),
  jobs: namespaced<Job>('batch/v1', 'Job'),
  cronJobs: namespaced<CronJob>('batch/v1', 'CronJob'),
  persistentVolumeClaims: namespaced<PersistentVolumeClaim>(
    'v1',
    'PersistentVolumeClaim',
  ),
  storageClasses: clusterWide('storage.k8s.io/v1', 'StorageClass'),
  horizontalPodAutoscalers: namespaced(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
  ),
  podDisruptionBudgets: namespaced('policy/v1', 'PodDisruptionBudget'),
  networkPolicies: namespaced('networking.k8s.io/v1', 'NetworkPolicy'),
  roles: namespaced(rbac, 'Role'),
  roleBindings: namespaced(rbac, 'RoleBinding'),
  clusterRoles: clusterWide(rbac, 'ClusterRole'),
  clusterRoleBindings: clusterWide(rbac, 'ClusterRoleBinding'),
  leases: namespaced<Lease>('coordination.k8s.io/v1', 'Lease'),
  customResourceDefinitions: clusterWide(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
  ),
};
