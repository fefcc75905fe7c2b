import {
  coreKinds,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';

/** Kinds of the objects that the operator creates. */
export const childKinds: ResourceType<KubeObject>[] = [
  coreKinds.namespaces,
  coreKinds.resourceQuotas,
  coreKinds.limitRanges,
  coreKinds.roleBindings,
  coreKinds.clusterRoles,
  coreKinds.clusterRoleBindings,
  coreKinds.networkPolicies,
  coreKinds.serviceAccounts,
  coreKinds.services,
  coreKinds.configMaps,
  coreKinds.deployments,
  coreKinds.podDisruptionBudgets,
];
