import {
  coreKinds,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  buildKind,
  changeRequestKind,
  clusterKind,
  connectionKind,
  domainPackKind,
  grantKind,
  labels,
  planKind,
  releaseKind,
  runKind,
  tenantKind,
  workspaceKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { systemNamespace } from '../target/accounts';

/** Kinds of a backup; each object is restored after those that its spec and metadata refer to by UID. */
export const savedKinds: ResourceType<KubeObject>[] = [
  coreKinds.customResourceDefinitions,
  coreKinds.namespaces,
  planKind,
  domainPackKind,
  clusterKind,
  connectionKind,
  changeRequestKind,
  tenantKind,
  coreKinds.configMaps,
  coreKinds.secrets,
  releaseKind,
  appKind,
  buildKind,
  grantKind,
  runKind,
  workspaceKind,
  coreKinds.persistentVolumeClaims,
];

/** Namespace of the portal, whose volume has the repositories. */
export const portalNamespace = 'bailiwick-portal';

/** Bailiwick's own namespaces. */
const ownNamespaces = new Set([
  'bailiwick-builds',
  'bailiwick-gateway',
  portalNamespace,
  systemNamespace,
]);

/** Objects that Kubernetes creates itself in every namespace. */
const ofKubernetes = new Set(['kube-root-ca.crt']);

/** Types of Secrets that are valid in their cluster only. */
const boundTypes = new Set([
  'kubernetes.io/service-account-token',
  'helm.sh/release.v1',
]);

/** Whether an object of one of the {@link savedKinds} is part of a backup. */
export function isSaved(object: KubeObject): boolean {
  const { kind, metadata } = object;
  const { deletionTimestamp, name, namespace = '' } = metadata;
  if (deletionTimestamp) return false;
  const isHome = namespace.endsWith('--home');
  switch (kind) {
    case 'CustomResourceDefinition':
      return name.endsWith('.bailiwick.dev');
    case 'Namespace':
      return (
        ownNamespaces.has(name) || Boolean(metadata.labels?.[labels.tenant])
      );
    case 'ConfigMap':
      return (
        (isHome || ownNamespaces.has(namespace)) && !ofKubernetes.has(name)
      );
    case 'Secret':
      return (
        (isHome || ownNamespaces.has(namespace)) &&
        !boundTypes.has((object as { type?: string }).type ?? '')
      );
    case 'PersistentVolumeClaim':
      return (
        namespace === portalNamespace ||
        Boolean(
          metadata.labels?.[labels.app] ?? metadata.labels?.[labels.workspace],
        )
      );
    default:
      return true;
  }
}
