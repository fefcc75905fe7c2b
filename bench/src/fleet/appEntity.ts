import type { Entity } from '@backstage/catalog-model';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** The entity that stands for an app, as far as the Kubernetes plugin looks at it. */
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
