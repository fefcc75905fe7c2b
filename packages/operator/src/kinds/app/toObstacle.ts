import {
  ForeignObjectError,
  isOverloaded,
  KubeApiError,
} from '@bailiwick/backstage-kube-controller';
import { nameConflict } from '../../apply';
import { readRefusal } from './health';
import { ObstacleError, type Obstacle } from './workload';

/**
 * Explains an error to the developers of the app. @throws the error when it does not concern them
 */
export function toObstacle(error: unknown): Obstacle {
  if (error instanceof ObstacleError) return error.obstacle;
  if (error instanceof ForeignObjectError) {
    const next = 'Delete this object, or use a different name for the app.';
    return { health: 'Failed', why: `${nameConflict(error).message}.`, next };
  }
  if (error instanceof KubeApiError && !isOverloaded(error))
    return { health: 'Failed', ...readRefusal(error.message) };
  throw error;
}
