import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Why the workload of an environment is blocked. */
export interface Obstacle {
  health: Extract<Health, 'Progressing' | 'Failed'>;
  /** One sentence. */
  why: string;
  /** Remedy; empty when there is none. */
  next: string;
  /** Message about older pods that are still ready; a general one when absent. */
  meanwhile?: string;
  /** Whether a build runs that ends by itself, however long it takes. */
  isBuilding?: boolean;
}

/** Thrown when a workload is blocked. */
export class ObstacleError extends Error {
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle.why);
    this.name = 'ObstacleError';
    this.obstacle = obstacle;
  }
}

/** Throws an obstacle that someone must resolve. @throws ObstacleError */
export function throwFailed(why: string, next = ''): never {
  throw new ObstacleError({ health: 'Failed', why, next });
}

/** Throws an obstacle that resolves without action. @throws ObstacleError */
export function throwPending(why: string, next = ''): never {
  throw new ObstacleError({ health: 'Progressing', why, next });
}

/** Throws an obstacle that ends with a build. @throws ObstacleError */
export function throwBuilding(why: string): never {
  throw new ObstacleError({
    health: 'Progressing',
    why,
    next: '',
    isBuilding: true,
  });
}
