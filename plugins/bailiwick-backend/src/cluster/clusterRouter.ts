import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { Caller } from '../http';
import { answerValue } from '../live';

/** `GET /cluster`: whether the cluster answers and how far its start is. */
export function createClusterRouter({
  caller,
  kubernetes,
}: {
  caller: Caller;
  kubernetes: KubernetesService;
}) {
  const router = Router();
  router.get('/cluster', async (req, res) => {
    await caller.person(req);
    answerValue(req, res, {
      freshness: kubernetes,
      read: () => kubernetes.progress(),
      subscribe: listener => kubernetes.onProgress(listener),
    });
  });
  return router;
}
