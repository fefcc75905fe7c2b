import type { LoggerService } from '@backstage/backend-plugin-api';
import type express from 'express';
import type { RequestHandler } from 'express';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { Feature } from './feature';
import {
  answerKubeErrors,
  answerUnavailable,
  identifyRequests,
  readJson,
} from './http';

interface RouterServices {
  kubernetes: Pick<KubernetesService, 'progress'>;
  /** Gets failed requests. */
  logger: LoggerService;
}

/**
 * Mounts the routes of all features.
 *
 * @param limiter - runs before all routes
 */
export function createRouter(
  features: Feature[],
  { kubernetes, logger }: RouterServices,
  limiter: RequestHandler[] = [],
): express.Router {
  const router = Router();
  const [identify, noteFailure] = identifyRequests(logger);
  router.use(identify);
  for (const handler of limiter) router.use(handler);
  for (const { rawRouter } of features) if (rawRouter) router.use(rawRouter);
  router.use(readJson);
  for (const feature of features)
    if (feature.router) router.use(feature.router);
  router.use(answerUnavailable(kubernetes));
  router.use(answerKubeErrors);
  router.use(noteFailure);
  return router;
}
