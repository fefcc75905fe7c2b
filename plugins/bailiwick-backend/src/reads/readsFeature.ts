import type {
  ReadersView,
  ReadsView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  maxReads,
  readRecordSchema,
  tenantExportPermission,
  type Person,
  type ReadQuery,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { stringify } from 'csv-stringify/sync';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireExport } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { gatewaysNotConfigured, type Gateways } from '../history/Gateways';
import { parse } from '../http';
import { summarizeReads } from './summarizeReads';

const query = z.object({
  app: z.string().max(63).optional(),
  before: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(maxReads).default(100),
});

const answer = z.object({ items: z.array(readRecordSchema) });

const columns = Object.keys(readRecordSchema.shape);

/**
 * Reads of a tenant's apps through the gateways, newest first, for owners and platform engineers: `GET
 * /tenants/:tenant/reads` with `app`, `before` and `limit`, `GET /tenants/:tenant/apps/:app/readers` with the sums of the
 * newest 10,000, and `GET /tenants/:tenant/reads.csv` with these reads.
 */
export function createReadsFeature({
  apps,
  authorizer,
  gateways,
  kubernetes,
}: FeatureContext & { gateways?: Gateways }): Feature {
  const router = Router();

  async function find({ limit, ...wanted }: ReadQuery): Promise<ReadsView> {
    if (!gateways) return { items: [], notes: [gatewaysNotConfigured] };
    const params = new URLSearchParams({ ...wanted, limit: `${limit}` });
    const { answers, notes } = await gateways.ask(
      `/reads?${params}`,
      answer,
      'Reads',
    );
    // An earlier tenant may have had the same name.
    const { creationTimestamp } =
      kubernetes.lists.tenants.get(wanted.tenant)?.metadata ?? {};
    const since = creationTimestamp ? Date.parse(creationTimestamp) : Infinity;
    const items = answers
      .flatMap(one => one.items)
      .filter(({ at }) => Date.parse(at) >= since)
      .sort((one, other) => other.at.localeCompare(one.at))
      .slice(0, limit);
    return { items, notes };
  }

  const requireRights = async (
    req: Request,
    person: Person,
    tenant: string,
  ): Promise<void> => {
    await authorizer.requireForTenant(req, tenantExportPermission, tenant);
    await requireExport(kubernetes.as(person), tenant);
  };

  router.get('/tenants/:tenant/reads', async (req, res) => {
    const { tenant } = req.params;
    const wanted = parse(query, req.query);
    await requireRights(req, await authorizer.authenticate(req), tenant);
    res.json(await find({ ...defined(wanted), tenant }));
  });

  router.get('/tenants/:tenant/apps/:app/readers', async (req, res) => {
    const { app, tenant } = req.params;
    const person = await authorizer.authenticate(req);
    await requireRights(req, person, tenant);
    apps.get(person, tenant, app);
    const reads = await find({ app, tenant, limit: maxReads });
    const view: ReadersView = {
      items: summarizeReads(reads.items),
      since: reads.items.at(-1)?.at,
      notes: reads.notes,
    };
    res.json(view);
  });

  router.get('/tenants/:tenant/reads.csv', async (req, res) => {
    const { tenant } = req.params;
    await authorizer.runAudited(
      req,
      'reads-export',
      { tenant },
      async person => {
        await requireRights(req, person, tenant);
        const { items } = await find({ tenant, limit: maxReads });
        res.attachment(`${tenant}-reads.csv`).send(
          // Names of clients are chosen by clients.
          stringify(items, {
            header: true,
            columns,
            record_delimiter: 'windows',
            escape_formulas: true,
          }),
        );
      },
    );
  });
  return { router };
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}
