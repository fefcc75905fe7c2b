import type { AppResource } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';

const name = z.string().max(100).optional();

/** Which apps are asked for: those of a tenant, of a pack, or with an environment on a cluster. */
export const fleetPart = z.object({ tenant: name, pack: name, cluster: name });

/** Whether an app is of the part of the fleet that is asked for. */
export function isInPart(
  part: z.output<typeof fleetPart>,
  { app, tenant }: AppResource,
): boolean {
  const runsIn = app.spec.environments.map(one => one.name);
  const clusters = (tenant?.spec.environments ?? [])
    .filter(one => runsIn.includes(one.name))
    .map(({ cluster }) => cluster);
  return (
    (!part.tenant || tenant?.metadata.name === part.tenant) &&
    (!part.pack || app.spec.archetype.pack === part.pack) &&
    (!part.cluster || clusters.includes(part.cluster))
  );
}
