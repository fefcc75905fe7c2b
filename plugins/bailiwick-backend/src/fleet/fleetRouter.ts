import {
  appOperatePermission,
  appReadPermission,
  mayRead,
  roleIn,
  tenantReadPermission,
  type FleetTenant,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  appResourceRef,
  environmentResourceRef,
  tenantResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import type { Resources } from '../access';
import { parse, type Caller } from '../http';
import { onGone, openEvents } from '../live';
import { FleetFeed, type FleetEntry } from './FleetFeed';
import { fleetPart, isInPart } from './fleetPart';
import { FleetReader } from './FleetReader';

/**
 * `GET /fleet`, also watched: a small row for each app that the person may see, or for those of one tenant,
 * pack or cluster.
 */
export function createFleetRouter({
  caller,
  kubernetes,
  resources,
}: {
  caller: Caller;
  kubernetes: KubernetesService;
  resources: Resources;
}) {
  const router = Router();
  const feed = new FleetFeed({ kubernetes });

  /** What the person who asks may see. */
  const sightOf = async (req: Request) => {
    const [person, permitsApp, permitsTenant, permitsOperation] =
      await Promise.all([
        caller.person(req),
        caller.permits(req, appReadPermission, appResourceRef),
        caller.permits(req, tenantReadPermission, tenantResourceRef),
        caller.permits(req, appOperatePermission, environmentResourceRef),
      ]);
    // All rules about apps ask who is in the tenant, so one answer holds for all apps of it.
    const answers = new WeakMap<Tenant, boolean>();
    return {
      sees({ app }: FleetEntry): boolean {
        const resource = resources.app(app);
        const { tenant } = resource;
        if (!tenant) return false;
        const known = answers.get(tenant);
        if (known !== undefined) return known;
        const answer = mayRead(tenant, person) && permitsApp(resource);
        answers.set(tenant, answer);
        return answer;
      },
      tenants: (): FleetTenant[] =>
        kubernetes.lists.tenants
          .list()
          .filter(
            tenant => mayRead(tenant, person) && permitsTenant({ tenant }),
          )
          .map(tenant => ({
            name: tenant.metadata.name,
            title: tenant.spec.title,
            myRole: roleIn(tenant, person),
            ...(tenant.spec.cordon && { cordoned: true }),
            operates: tenant.spec.environments
              .filter(environment => permitsOperation({ tenant, environment }))
              .map(({ name }) => name),
          })),
    };
  };

  router.get('/fleet', async (req, res) => {
    const part = parse(fleetPart, req.query);
    const { sees, ...rest } = await sightOf(req);
    const sight = {
      ...rest,
      sees: (entry: FleetEntry) =>
        isInPart(part, resources.app(entry.app)) && sees(entry),
    };
    if (req.query.watch !== 'true') {
      const rows = [...feed.entries()].filter(sight.sees);
      const items = rows.map(({ text }) => text);
      const tenants = JSON.stringify(sight.tenants());
      res.type('json').send(`{"items":[${items}],"tenants":${tenants}}`);
      return;
    }
    const reader = new FleetReader({
      ...sight,
      feed,
      write: openEvents(res, kubernetes),
    });
    reader.open(req.header('last-event-id'));
    res.on('drain', () => reader.catchUp());
    onGone(
      res,
      feed.subscribe(change => reader.update(change)),
    );
  });
  return router;
}
