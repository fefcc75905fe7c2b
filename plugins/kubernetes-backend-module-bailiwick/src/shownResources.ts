import {
  coreKinds,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';

/** The kinds of objects that the Kubernetes tab draws, by the plugin's name for them. */
export const shownResources: Record<string, ResourceType> = {
  pods: coreKinds.pods,
  services: coreKinds.services,
  configmaps: coreKinds.configMaps,
  deployments: coreKinds.deployments,
  replicasets: {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    plural: 'replicasets',
    scope: 'Namespaced',
  },
};
