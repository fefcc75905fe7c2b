import {
  isPlatformEngineer,
  type MeView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import Router from 'express-promise-router';
import type { Caller } from '../http';

/** `GET /me`: who asks, as Kubernetes sees them. */
export function createMeRouter({ caller }: { caller: Caller }) {
  const router = Router();
  router.get('/me', async (req, res) => {
    const person = await caller.person(req);
    const me: MeView = {
      ...person,
      platformEngineer: isPlatformEngineer(person),
    };
    res.json(me);
  });
  return router;
}
