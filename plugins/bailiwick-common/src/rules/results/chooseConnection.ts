import type { Connection } from '../../kinds';

/** Tenant and environment of an app. @public */
export interface AppPlace {
  tenant: string;
  environment: string;
}

/**
 * Returns the most specific connection for an environment: those that name the tenant win over others, then those that
 * name the environment, then the first by name.
 *
 * @public
 */
export function chooseConnection(
  connections: readonly Connection[],
  { environment, tenant }: AppPlace,
): Connection | undefined {
  const rank = ({ spec }: Connection) =>
    (spec.tenants ? 0 : 2) + (spec.environments ? 0 : 1);
  const [first] = connections
    .filter(
      ({ metadata, spec }) =>
        !metadata.deletionTimestamp &&
        (spec.tenants?.includes(tenant) ?? true) &&
        (spec.environments?.includes(environment) ?? true),
    )
    .sort((a, b) => rank(a) - rank(b) || byName(a, b));
  return first;
}

function byName(a: Connection, b: Connection): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
