import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common';

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
