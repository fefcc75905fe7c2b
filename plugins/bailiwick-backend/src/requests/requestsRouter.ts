import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  requestDecidePermission,
  requestReadPermission,
  requestWithdrawPermission,
  tenantChangePermission,
  tenantCreatePermission,
  tenantRequestSchema,
  changeSchemas,
  targetTenant,
  type Person,
  type requestResourceType,
  type TenantAction,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  requestResourceRef,
  tenantResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Resources } from '../access';
import { parse, type Caller } from '../http';
import { answerList } from '../live';
import type { RequestService } from './RequestService';

const { reason } = tenantRequestSchema.shape;

const actions = Object.keys(changeSchemas) as [TenantAction, ...TenantAction[]];

const wantedChange = z.strictObject({
  action: z.enum(actions),
  proposed: z.record(z.string(), z.unknown()),
  reason,
});

const decision = z.strictObject({
  verdict: z.enum(['approve', 'deny']),
  reason,
});

/** Routes of requests: what is asked for, decided and withdrawn. */
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

  const requireOn = async (
    req: Request,
    person: Person,
    permission: ResourcePermission<typeof requestResourceType>,
  ) => {
    const { name } = req.params;
    requests.get(person, name);
    await caller.requireFor(
      req,
      permission,
      requestResourceRef,
      resources.findRequest(name),
    );
  };

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
      subscribe: listener => {
        const { tenants } = kubernetes.lists;
        const known = new Map<string, string>();
        const stops = [
          list.subscribe(listener),
          // Who belongs to a tenant decides who sees what was asked of it.
          tenants.subscribe(({ object }) => {
            const { owners, members } = object.spec;
            const people = JSON.stringify([owners, members]);
            if (known.get(object.metadata.name) === people) return;
            known.set(object.metadata.name, people);
            list
              .list()
              .filter(({ spec }) => targetTenant(spec) === object.metadata.name)
              .forEach(request =>
                listener({ type: 'updated', object: request }),
              );
          }),
        ];
        return () => stops.forEach(stop => stop());
      },
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
        const wanted = parse(tenantRequestSchema, req.body);
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
        await requireOn(req, person, requestDecidePermission);
        return requests.decide(person, name, parse(decision, req.body));
      },
    );
    res.json(decided);
  });

  router.post('/requests/:name/withdrawal', async (req, res) => {
    const { name } = req.params;
    const withdrawn = await caller.change(
      req,
      'request-withdrawal',
      { request: name },
      async person => {
        await requireOn(req, person, requestWithdrawPermission);
        return requests.withdraw(person, name);
      },
    );
    res.json(withdrawn);
  });

  router.post('/tenants/:tenant/requests', async (req, res) => {
    const { tenant } = req.params;
    const dryRun = req.query.dryRun === 'true';
    const action = String(req.body?.action);
    const created = await caller.change(
      req,
      'tenant-change-request',
      { tenant, action },
      async person => {
        requests.tenant(person, tenant);
        await caller.requireFor(
          req,
          tenantChangePermission,
          tenantResourceRef,
          resources.tenant(tenant),
        );
        const wanted = parse(wantedChange, req.body);
        return requests.requestChange(person, tenant, wanted, { dryRun });
      },
    );
    res.status(dryRun ? 200 : 201).json(created);
  });
  return router;
}
