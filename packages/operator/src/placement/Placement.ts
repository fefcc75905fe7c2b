import type {
  Applier,
  ControllerMetrics,
  EventRecorder,
  KubeClient,
  Logger,
} from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../cache';
import type { Target } from './Target';
import type { Targets } from './Targets';

/** What every reconciler works with. */
export interface Scope {
  /** Of the cluster that is worked on. */
  client: KubeClient;
  /** Of our own kinds, which are on the hub, and of the cluster that is worked on. */
  caches: Caches;
  /** Of the cluster that is worked on. */
  applier: Applier;
  /** Client of the hub, where our own kinds, homes and Secrets are. */
  hub: KubeClient;
  /** The cluster that is worked on, when it is not the hub. */
  target?: Target;
  /** All other clusters. */
  targets: Targets;
  events: EventRecorder;
  log: Logger;
  metrics?: ControllerMetrics;
  /** Asked before each write on a target; all may be written when absent. */
  mayWrite?: () => boolean;
  /** The present; another one in tests. */
  now: () => Date;
}

/** What a controller is called: `app` on the hub, `app@west` on a target. */
export function controllerName(kind: string, { target }: Scope): string {
  return target ? `${kind}@${target.name}` : kind;
}
