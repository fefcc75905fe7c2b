import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  changeSchemas,
  type TenantAction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  requestDecidePermission,
  requestReadPermission,
  requestWithdrawPermission,
  tenantChangePermission,
  tenantCreatePermission,
  tenantRequestSchema,
  targetTenant,
  type Person,
  type requestResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  requestResourceRef,
  tenantResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { answerList } from '../live';
import { createPreflightRouter } from './preflightRouter';
import { PreflightService } from './PreflightService';
import { registerTenantRequestAction } from './registerTenantRequestAction';
import type { CatalogSubjects } from './CatalogSubjects';
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

/** Creates, checks, decides and withdraws requests, also for agents. */
export function createRequestsFeature({
  authorizer,
  kubernetes,
  requests,
  resources,
  ...options
}: FeatureContext & {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  discovery: DiscoveryService;
  requests: RequestService;
  subjects: CatalogSubjects;
}): Feature {
  const router = Router();
  const preflight = new PreflightService({ ...options, kubernetes });
  router.use(createPreflightRouter({ authorizer, preflight }));

  const requireOn = async (
    req: Request,
    person: Person,
    permission: ResourcePermission<typeof requestResourceType>,
  ) => {
    const { name } = req.params;
    requests.get(person, name);
    await authorizer.requireFor(
      req,
      permission,
      requestResourceRef,
      resources.findRequest(name),
    );
  };

  router.get('/requests', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const list = kubernetes.lists.requests;
    const permits = await authorizer.permits(
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
          // Membership of a tenant decides who sees its requests.
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
    const created = await authorizer.runAudited(
      req,
      'tenant-request',
      { tenant },
      async person => {
        await authorizer.require(req, tenantCreatePermission);
        const wanted = parse(tenantRequestSchema, req.body);
        return requests.requestTenant(person, wanted, { dryRun });
      },
    );
    res.status(dryRun ? 200 : 201).json(created);
  });

  router.post('/requests/:name/decision', async (req, res) => {
    const { name } = req.params;
    const decided = await authorizer.runAudited(
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
    const withdrawn = await authorizer.runAudited(
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
    const created = await authorizer.runAudited(
      req,
      'tenant-change-request',
      { tenant, action },
      async person => {
        requests.tenant(person, tenant);
        await authorizer.requireFor(
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
  return {
    router,
    start() {
      const client = new BailiwickClient({ discoveryApi: options.discovery });
      registerTenantRequestAction({ ...options, client });
    },
  };
}
