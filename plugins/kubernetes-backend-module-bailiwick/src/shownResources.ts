import {
  coreKinds,
  dropManagedFields,
  type InformerOptions,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';

/** A kind that the Kubernetes tab draws, and how much of it is kept. */
export interface ShownResource
  extends Pick<
    InformerOptions<KubeObject>,
    'type' | 'metadataOnly' | 'transform'
  > {
  /** API group, empty for the core group. */
  group: string;
}

const replicaSets: ResourceType = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  scope: 'Namespaced',
};

/**
 * Removes the template of ReplicaSets: the tab needs only their owners; their pods are like those of the Deployment.
 */
function withoutTemplate(object: KubeObject): KubeObject {
  const { spec, ...rest } = dropManagedFields(object) as KubeObject & {
    spec?: Record<string, unknown>;
  };
  const { template: _template, ...kept } = spec ?? {};
  return { ...rest, spec: kept } as KubeObject;
}

/** The kinds that are watched while there are viewers, by the plugin's name for them. Pods are always watched. */
export const shownResources: Record<string, ShownResource> = {
  services: { group: '', type: coreKinds.services },
  // Bundles of code are large, and nothing for a browser.
  configmaps: { group: '', type: coreKinds.configMaps, metadataOnly: true },
  deployments: { group: 'apps', type: coreKinds.deployments },
  replicasets: {
    group: 'apps',
    type: replicaSets,
    transform: withoutTemplate,
  },
};
