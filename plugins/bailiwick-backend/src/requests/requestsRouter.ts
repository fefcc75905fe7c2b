import { NotFoundError } from '@backstage/errors';
import {
  requestDecidePermission,
  requestReadPermission,
  tenantCreatePermission,
  tenantSpecSchema,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  requestResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Resources } from '../access';
import { parse, type Caller } from '../http';
import { answerList } from '../live';
import type { RequestService } from './RequestService';

const reason = z.string().trim().min(1, 'must not be empty').max(500);

const tenantRequest = z.strictObject({
  name: z.string().max(100),
  spec: tenantSpecSchema,
  reason,
});

const decision = z.strictObject({
  verdict: z.enum(['approve', 'deny']),
  reason,
});

/** `GET /requests`, `POST /requests`, `POST /requests/:name/decision`. */
export function createRequestsRouter({
  caller,
  kubernetes,
  requests,
  resources,
}: {
  caller: Caller;
  kubernetes: KubernetesService;
  requests: RequestService;
  resources: Resources;
}) {
  const router = Router();

  router.get('/requests', async (req, res) => {
    const person = await caller.person(req);
    const list = kubernetes.lists.requests;
    const permits = await caller.permits(
      req,
      requestReadPermission,
      requestResourceRef,
    );
    answerList(req, res, {
      freshness: kubernetes,
      list: () => list.list(),
      idOf: request => request.metadata.name,
      view: request =>
        permits(resources.request(request))
          ? requests.view(request, person)
          : undefined,
      subscribe: listener => list.subscribe(listener),
    });
  });

  router.post('/requests', async (req, res) => {
    const dryRun = req.query.dryRun === 'true';
    const tenant = String(req.body?.name);
    const created = await caller.change(
      req,
      'tenant-request',
      { tenant },
      async person => {
        await caller.require(req, tenantCreatePermission);
        const wanted = parse(tenantRequest, req.body);
        return requests.requestTenant(person, wanted, { dryRun });
      },
    );
    res.status(dryRun ? 200 : 201).json(created);
  });

  router.post('/requests/:name/decision', async (req, res) => {
    const { name } = req.params;
    const decided = await caller.change(
      req,
      'request-decision',
      { request: name },
      async person => {
        const resource = resources.findRequest(name);
        if (!resource) throw new NotFoundError(`There is no request "${name}"`);
        await caller.requireFor(
          req,
          requestDecidePermission,
          requestResourceRef,
          resource,
        );
        return requests.decide(person, name, parse(decision, req.body));
      },
    );
    res.json(decided);
  });
  return router;
}
