import type {
  Applier,
  ControllerMetrics,
  EventRecorder,
  KubeClient,
  Logger,
} from '@bailiwick/backstage-kube-controller';
import type { Caches } from './cache';

/** What every reconciler works with. */
export interface Scope {
  client: KubeClient;
  caches: Caches;
  applier: Applier;
  events: EventRecorder;
  log: Logger;
  metrics?: ControllerMetrics;
  /** The present; another one in tests. */
  now: () => Date;
}
