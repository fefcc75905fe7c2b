import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { ErrorRequestHandler } from 'express';

/**
 * Creates middleware that answers 503 instead of 404 until the portal has read the cluster for the first time: before,
 * its lists are empty, and nothing in them would be found.
 */
export function answerUnavailable(
  kubernetes: Pick<KubernetesService, 'progress'>,
): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    const { message, ready, stale } = kubernetes.progress();
    const wasRead = ready || stale !== undefined;
    next(
      error instanceof NotFoundError && !wasRead
        ? new ServiceUnavailableError(message)
        : error,
    );
  };
}
