import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';
import { answerValue } from '../live';

/** `GET /cluster`: whether the cluster answers and how far its start is. */
export function createClusterFeature({
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  router.get('/cluster', async (req, res) => {
    await authorizer.authenticate(req);
    answerValue(req, res, {
      freshness: kubernetes,
      read: () => kubernetes.progress(),
      subscribe: listener => kubernetes.onProgress(listener),
    });
  });
  return { router };
}
