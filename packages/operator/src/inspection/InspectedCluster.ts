import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../cache';

/** Input of an inspection. */
export interface InspectedCluster {
  client: KubeClient;
  caches: Pick<Caches, 'nodes'>;
  now: () => Date;
}
