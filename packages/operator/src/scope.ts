import type { KubeClient, Logger } from '@bailiwick/backstage-kube-controller';
import type { Applier } from './apply';
import type { Caches } from './cache';

/** What every reconciler works with. */
export interface Scope {
  client: KubeClient;
  caches: Caches;
  applier: Applier;
  log: Logger;
  /** The present; another one in tests. */
  now: () => Date;
}
