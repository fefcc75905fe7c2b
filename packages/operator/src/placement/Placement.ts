import type {
  Applier,
  ControllerMetrics,
  EventRecorder,
  KubeClient,
  Logger,
} from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../cache';
import type { AddressBook } from './AddressBook';
import type { Target } from './Target';
import type { Targets } from './Targets';

/** Times of autoscaling in milliseconds. */
export interface ScalingTimes {
  /** Between two readings of the pods of an app with calls. */
  busy: number;
  /** Between two readings of the pods of another app. */
  idle: number;
  /** Time over which the load of full pods is averaged. */
  burst: number;
  /** Time over which the load is averaged otherwise, and between two steps down. */
  window: number;
}

/** Shared state of the reconcilers of all clusters. */
export interface OperatorContext {
  /** Client of the hub, which has Bailiwick's own kinds, home namespaces and Secrets. */
  hub: KubeClient;
  /** All clusters other than the hub. */
  targets: Targets;
  /** Addresses of apps. */
  addresses: AddressBook;
  events: EventRecorder;
  log: Logger;
  metrics?: ControllerMetrics;
  /** Called before each write to a target; every write is allowed when absent. */
  mayWrite?: () => boolean;
  /** Returns the current time; replaced in tests. */
  now: () => Date;
  /** Shorter in tests. */
  scalingTimes: ScalingTimes;
}

/** One cluster as a reconciler works on it: the hub or a target. */
export interface Placement extends OperatorContext {
  /** Client of this cluster. */
  client: KubeClient;
  /** Bailiwick's own kinds from the hub, everything else from this cluster. */
  caches: Caches;
  /** Writes to this cluster. */
  applier: Applier;
  /** The target; absent on the hub. */
  target?: Target;
}
