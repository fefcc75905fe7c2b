import { grantClients } from '@bailiwick/backstage-plugin-bailiwick-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { parse, type Caller } from '../http';
import type { GrantService } from './GrantService';

const newGrant = z.strictObject({
  client: z.enum(grantClients),
  environment: z.string().max(20).optional(),
  functions: z.array(z.string().max(100)).max(100).optional(),
  presets: z.record(z.string(), z.unknown()).optional(),
  days: z.int().min(1).max(365).default(90),
});

/** `GET`, `POST` and `DELETE /tenants/:tenant/apps/:app/grants`. */
export function createGrantsRouter({
  caller,
  grants,
}: {
  caller: Caller;
  grants: GrantService;
}) {
  const router = Router();
  const path = '/tenants/:tenant/apps/:app/grants';

  router.get(path, async (req, res) => {
    const { tenant, app } = req.params;
    const person = await caller.person(req);
    res.json({ items: await grants.list(person, tenant, app) });
  });

  router.post(path, async (req, res) => {
    const { tenant, app } = req.params;
    const issued = await caller.change(
      req,
      'grant-create',
      { tenant, app },
      person => grants.create(person, tenant, app, parse(newGrant, req.body)),
    );
    res.status(201).json(issued);
  });

  router.delete(`${path}/:grant`, async (req, res) => {
    const { tenant, grant } = req.params;
    await caller.change(req, 'grant-revoke', { tenant, grant }, person =>
      grants.revoke(person, tenant, grant),
    );
    res.status(204).end();
  });
  return router;
}
