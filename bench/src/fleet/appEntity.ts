import type { Entity } from '@backstage/catalog-model';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns the entity of an app, with the parts that the Kubernetes plugin reads. */
export function appEntity({
  name,
  tenant,
}: {
  name: string;
  tenant: string;
}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: tenant,
      annotations: {
        'backstage.io/kubernetes-label-selector': `${labels.tenant}=${tenant},${labels.app}=${name}`,
      },
    },
    spec: { type: 'service', owner: 'rates', lifecycle: 'production' },
  };
}
