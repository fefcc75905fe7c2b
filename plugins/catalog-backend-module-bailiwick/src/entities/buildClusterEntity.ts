import type { Entity } from '@backstage/catalog-model';
import {
  annotations,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { resource } from './resources';

/** A cluster as a Resource on which the apps depend that run there. */
export function buildClusterEntity({
  metadata,
  spec,
  status,
}: Cluster): Entity {
  const version = status?.version;
  return resource('cluster', [metadata.name], {
    metadata: {
      name: metadata.name,
      title: spec.title,
      description: `A Kubernetes cluster${
        version ? `, version ${version}` : ''
      }.`,
      tags: ['kubernetes', spec.provider],
      annotations: { [annotations.cluster]: metadata.name },
    },
    spec: { type: 'kubernetes-cluster', owner: platformGroup },
  });
}
