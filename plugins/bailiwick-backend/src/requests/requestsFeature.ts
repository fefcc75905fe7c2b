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
  accessRevokePermission,
  requestCommentSchema,
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
import {
  BailiwickClient,
  type RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { requestResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { CatalogSubjects } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { answerList } from '../live';
import { createPreflightRouter, requestName } from './preflightRouter';
import { registerTenantRequestAction } from './registerTenantRequestAction';
import type { RequestService } from './RequestService';

const { reason } = tenantRequestSchema.shape;

const actions = Object.keys(changeSchemas) as [TenantAction, ...TenantAction[]];

const wantedChange = z.strictObject({
  action: z.enum(actions),
  proposed: z.record(z.string(), z.unknown()),
  reason,
  replaces: requestName.optional(),
});

const wantedTenant = tenantRequestSchema.extend({
  replaces: requestName.optional(),
});

const decision = z.strictObject({
  verdict: z.enum(['approve', 'deny']),
  reason,
});

/** Creates, checks, decides and withdraws requests, also for agents. */
export function createRequestsFeature({
  apps,
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
  router.use(createPreflightRouter({ ...options, authorizer, kubernetes }));

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

  /** Requires the permission to withdraw the request that a new one replaces. */
  async function requireReplacement(req: Request, replaces?: string) {
    if (replaces)
      await authorizer.requireForRequest(
        req,
        requestWithdrawPermission,
        replaces,
      );
  }

  router.post('/requests', async (req, res) => {
    const dryRun = req.query.dryRun === 'true';
    const tenant = String(req.body?.name);
    const created = await authorizer.runAudited(
      req,
      'tenant-request',
      { tenant },
      async person => {
        await authorizer.require(req, tenantCreatePermission);
        const { replaces, ...wanted } = parse(wantedTenant, req.body);
        await requireReplacement(req, replaces);
        return requests.requestTenant(person, wanted, { dryRun, replaces });
      },
    );
    res.status(dryRun ? 200 : 201).json(created);
  });

  /** Responds with the result of an audited action that the portal's policy grants to the person. */
  const act = (
    eventId: string,
    permission: ResourcePermission<typeof requestResourceType>,
    change: (person: Person, req: Request) => Promise<RequestView>,
  ) =>
    authorizer.answerAudited(
      eventId,
      async (person, req) => {
        requests.get(person, req.params.name);
        await authorizer.requireForRequest(req, permission, req.params.name);
        return change(person, req);
      },
      { meta: ({ params }) => ({ request: params.name }) },
    );

  router.post(
    '/requests/:name/decision',
    act('request-decision', requestDecidePermission, async (person, req) =>
      requests.decide(person, req.params.name, parse(decision, req.body)),
    ),
  );

  router.post(
    '/requests/:name/comments',
    authorizer.answerAudited(
      'request-comment',
      async (person, req) => {
        const { name } = req.params;
        requests.get(person, name);
        const added = parse(requestCommentSchema, req.body);
        await authorizer.requireForRequest(
          req,
          added.requestsChanges
            ? requestDecidePermission
            : requestReadPermission,
          name,
        );
        return requests.comment(person, name, added);
      },
      { meta: ({ params }) => ({ request: params.name }) },
    ),
  );

  router.post(
    '/requests/:name/withdrawal',
    act('request-withdrawal', requestWithdrawPermission, (person, req) =>
      requests.withdraw(person, req.params.name),
    ),
  );

  router.post(
    '/requests/:name/revocation',
    act('access-revocation', accessRevokePermission, (person, req) =>
      requests.revokeAccess(person, req.params.name),
    ),
  );

  router.post('/tenants/:tenant/requests', async (req, res) => {
    const { tenant } = req.params;
    const dryRun = req.query.dryRun === 'true';
    const action = String(req.body?.action);
    const created = await authorizer.runAudited(
      req,
      'tenant-change-request',
      { tenant, action },
      async person => {
        apps.tenant(person, tenant);
        await authorizer.requireForTenant(req, tenantChangePermission, tenant);
        const { replaces, ...wanted } = parse(wantedChange, req.body);
        await requireReplacement(req, replaces);
        const trial = { dryRun, replaces };
        return requests.requestChange(person, tenant, wanted, trial);
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
