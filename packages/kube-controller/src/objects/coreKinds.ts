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

function namespaced<T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
  plural: string,
): ResourceType<T> {
  return { apiVersion, kind, plural, scope: 'Namespaced' };
}

function clusterWide<T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
  plural: string,
): ResourceType<T> {
  return { apiVersion, kind, plural, scope: 'Cluster' };
}

const rbac = 'rbac.authorization.k8s.io/v1';

/** The kinds of Kubernetes itself that controllers use most. */
export const coreKinds = {
  namespaces: clusterWide<Namespace>('v1', 'Namespace', 'namespaces'),
  nodes: clusterWide<Node>('v1', 'Node', 'nodes'),
  configMaps: namespaced<ConfigMap>('v1', 'ConfigMap', 'configmaps'),
  secrets: namespaced<Secret>('v1', 'Secret', 'secrets'),
  services: namespaced<Service>('v1', 'Service', 'services'),
  serviceAccounts: namespaced('v1', 'ServiceAccount', 'serviceaccounts'),
  pods: namespaced<Pod>('v1', 'Pod', 'pods'),
  events: namespaced<Event>('v1', 'Event', 'events'),
  resourceQuotas: namespaced<ResourceQuota>(
    'v1',
    'ResourceQuota',
    'resourcequotas',
  ),
  limitRanges: namespaced('v1', 'LimitRange', 'limitranges'),
  deployments: namespaced<Deployment>('apps/v1', 'Deployment', 'deployments'),
  jobs: namespaced<Job>('batch/v1', 'Job', 'jobs'),
  cronJobs: namespaced<CronJob>('batch/v1', 'CronJob', 'cronjobs'),
  persistentVolumeClaims: namespaced<PersistentVolumeClaim>(
    'v1',
    'PersistentVolumeClaim',
    'persistentvolumeclaims',
  ),
  storageClasses: clusterWide(
    'storage.k8s.io/v1',
    'StorageClass',
    'storageclasses',
  ),
  horizontalPodAutoscalers: namespaced(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
  ),
  networkPolicies: namespaced(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'networkpolicies',
  ),
  roles: namespaced(rbac, 'Role', 'roles'),
  roleBindings: namespaced(rbac, 'RoleBinding', 'rolebindings'),
  clusterRoles: clusterWide(rbac, 'ClusterRole', 'clusterroles'),
  clusterRoleBindings: clusterWide(
    rbac,
    'ClusterRoleBinding',
    'clusterrolebindings',
  ),
  leases: namespaced<Lease>('coordination.k8s.io/v1', 'Lease', 'leases'),
  customResourceDefinitions: clusterWide(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
  ),
};
