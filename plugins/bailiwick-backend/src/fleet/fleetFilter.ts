import type { AppResource } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';

const name = z.string().max(100).optional();

/** Query parameters that restrict the fleet to a tenant, a pack or a cluster. */
export const fleetFilter = z.object({
  tenant: name,
  pack: name,
  cluster: name,
});

/** Whether an app matches a filter. */
export function matchesFilter(
  filter: z.output<typeof fleetFilter>,
  { app, tenant }: AppResource,
): boolean {
  const runsIn = app.spec.environments.map(one => one.name);
  const clusters = (tenant?.spec.environments ?? [])
    .filter(one => runsIn.includes(one.name))
    .map(({ cluster }) => cluster);
  return (
    (!filter.tenant || tenant?.metadata.name === filter.tenant) &&
    (!filter.pack || app.spec.archetype.pack === filter.pack) &&
    (!filter.cluster || clusters.includes(filter.cluster))
  );
}
