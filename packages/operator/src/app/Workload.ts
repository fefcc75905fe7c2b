import type {
  DomainPack,
  Health,
  Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Where an app runs. */
export interface Place {
  tenant: string;
  environment: string;
  app: string;
  /** Namespace of the environment. */
  namespace: string;
}

/** Everything that decides what runs in one environment. */
export interface Workload extends Place {
  commit: string;
  bundle: {
    /** ConfigMap in the home namespace. */
    source: string;
    /** Immutable copy of it in the environment. */
    copy: string;
    /** sha256:… of the archive. */
    digest: string;
  };
  /** Image reference that nodes can load. */
  image: string;
  limits: DomainPack['spec']['runtimes'][number]['limits'];
  requests: Plan['spec']['perEnvironment']['defaultContainer'];
  /** Number of pods; absent when the autoscaler chooses it. */
  replicas?: number;
  /** Between which numbers the autoscaler chooses; absent for a fixed number. */
  autoscale?: { min: number; max: number };
}

/** Why an environment cannot run what it should. */
export interface Obstacle {
  health: Extract<Health, 'Progressing' | 'Failed'>;
  /** One sentence. */
  why: string;
  /** What to do about it, empty when nothing. */
  next: string;
  /** What to say of pods that answer from before; a general sentence when absent. */
  meanwhile?: string;
}

/** Thrown where an obstacle is met. */
export class ObstacleError extends Error {
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle.why);
    this.name = 'ObstacleError';
    this.obstacle = obstacle;
  }
}

/** Stops because somebody must do something. */
export function fail(why: string, next = ''): never {
  throw new ObstacleError({ health: 'Failed', why, next });
}

/** Stops because something is on its way. */
export function wait(why: string, next = ''): never {
  throw new ObstacleError({ health: 'Progressing', why, next });
}
