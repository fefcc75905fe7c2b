import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../cache';

/** What an inspection of a cluster needs. */
export interface InspectedCluster {
  client: KubeClient;
  caches: Pick<Caches, 'nodes'>;
  now: () => Date;
}
