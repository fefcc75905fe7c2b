import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appOperatePermission,
  appReadPermission,
  canRead,
  roleIn,
  tenantReadPermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FleetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  appResourceRef,
  environmentResourceRef,
  tenantResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { isFollowed, onDisconnect, openEvents } from '../live';
import { FleetFeed, type FleetEntry } from './FleetFeed';
import { fleetFilter, matchesFilter } from './fleetFilter';
import { FleetReader } from './FleetReader';

/**
 * `GET /fleet`, also watched: a small row for each app that the person may see, or for those of one tenant,
 * pack or cluster.
 */
export function createFleetFeature({
  authorizer,
  kubernetes,
  resources,
}: FeatureContext): Feature {
  const router = Router();
  const feed = new FleetFeed({ kubernetes });

  /** Returns the rights of the signed-in person. */
  const accessOf = async (req: Request) => {
    const [person, permitsApp, permitsTenant, permitsOperation] =
      await Promise.all([
        authorizer.authenticate(req),
        authorizer.permits(req, appReadPermission, appResourceRef),
        authorizer.permits(req, tenantReadPermission, tenantResourceRef),
        authorizer.permits(req, appOperatePermission, environmentResourceRef),
      ]);
    // All rules about apps depend on the tenant's members, so one decision holds for all its apps.
    const answers = new WeakMap<Tenant, boolean>();
    return {
      sees({ app }: FleetEntry): boolean {
        const resource = resources.app(app);
        const { tenant } = resource;
        if (!tenant) return false;
        const known = answers.get(tenant);
        if (known !== undefined) return known;
        const answer = canRead(tenant, person) && permitsApp(resource);
        answers.set(tenant, answer);
        return answer;
      },
      tenants: (): FleetTenant[] =>
        kubernetes.lists.tenants
          .list()
          .filter(
            tenant => canRead(tenant, person) && permitsTenant({ tenant }),
          )
          .map(tenant => ({
            name: tenant.metadata.name,
            title: tenant.spec.title,
            myRole: roleIn(tenant, person),
            ...(tenant.spec.cordon && {
              cordon: { reason: tenant.spec.cordon.reason },
            }),
            operates: tenant.spec.environments
              .filter(environment => permitsOperation({ tenant, environment }))
              .map(({ name }) => name),
          })),
    };
  };

  router.get('/fleet', async (req, res) => {
    const filter = parse(fleetFilter, req.query);
    const { sees, ...rest } = await accessOf(req);
    const access = {
      ...rest,
      sees: (entry: FleetEntry) =>
        matchesFilter(filter, resources.app(entry.app)) && sees(entry),
    };
    if (!isFollowed(req)) {
      const rows = [...feed.entries()].filter(access.sees);
      const items = rows.map(({ text }) => text);
      const tenants = JSON.stringify(access.tenants());
      res.type('json').send(`{"items":[${items}],"tenants":${tenants}}`);
      return;
    }
    const reader = new FleetReader({
      ...access,
      feed,
      write: openEvents(res, kubernetes),
    });
    reader.open(req.header('last-event-id'));
    res.on('drain', () => reader.catchUp());
    onDisconnect(
      res,
      feed.subscribe(change => reader.update(change)),
    );
  });
  return { router };
}
