import {
  tenantOfHome,
  type App,
  type Archetype,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  FleetEnvironment,
  FleetRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Identity of an app in the fleet: `<tenant>/<name>`. */
export function fleetId({ metadata: { name, namespace } }: App): string {
  return `${tenantOfHome(namespace ?? '')}/${name}`;
}

/** Returns the row of an app, the same for all readers. */
export function fleetRow(
  app: App,
  { archetype, tenant }: { archetype?: Archetype; tenant: Tenant },
): FleetRow {
  const { metadata, spec, status } = app;
  return {
    tenant: tenant.metadata.name,
    name: metadata.name,
    title: spec.title,
    owner: spec.owner,
    pack: spec.archetype.pack,
    version: spec.archetype.version,
    archetype: spec.archetype.name,
    shape: archetype?.shape,
    madeAt: metadata.creationTimestamp,
    health: status?.health ?? 'Unknown',
    environments: spec.environments.map(one => fleetPlace(one, app, tenant)),
  };
}

function fleetPlace(
  { name, suspended }: App['spec']['environments'][number],
  { status }: App,
  { spec }: Tenant,
): FleetEnvironment {
  const place = spec.environments.find(one => one.name === name);
  const seen = status?.environments?.find(one => one.name === name);
  return {
    name,
    cluster: place?.cluster,
    ...(place?.protected && { protected: true }),
    ...(suspended && { paused: true }),
    health: seen?.health ?? 'Unknown',
    why: seen?.why ?? 'No status yet.',
    next: seen?.next ?? '',
    release: seen?.release,
    commit: seen?.release ? undefined : seen?.revision,
    pods: seen?.pods ?? { ready: 0, desired: 0 },
    since: seen?.since,
    stale: seen?.stale,
  };
}
