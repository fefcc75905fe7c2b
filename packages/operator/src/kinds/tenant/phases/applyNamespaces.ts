import {
  ForeignObjectError,
  type Namespace,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  labels,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isCurrent, nameConflict, staying } from '../../../apply';
import { protectedLabel } from '../../../names';
import { desiredEnvironmentNamespace, desiredHomeNamespace } from '../desired';
import type { PhaseState, Scope } from '../../../placement';

/** What came of the namespaces. */
export interface NamespacesOutcome {
  state: PhaseState;
  /** The environments whose namespace is ours; only in these may more be made. */
  usable: TenantEnvironment[];
}

/**
 * Makes the home namespace, which is on the hub, and those of the environments, and deletes those of
 * environments that are no longer wanted, unless they were protected.
 *
 * @param tenant - the part of it that is on the cluster
 * @param wanted - all environments that it has
 * @throws ForeignObjectError when the home namespace belongs to somebody else
 */
export async function applyNamespaces(
  scope: Scope,
  tenant: Tenant,
  wanted: TenantEnvironment[],
  signal: AbortSignal,
): Promise<NamespacesOutcome> {
  if (!scope.target) {
    const whole = { ...tenant, spec: { ...tenant.spec, environments: wanted } };
    await scope.applier.apply([desiredHomeNamespace(whole)], signal);
  }
  const obstacles: PhaseState[] = [];
  const usable: TenantEnvironment[] = [];
  for (const environment of tenant.spec.environments) {
    const obstacle = await applyEnvironment(scope, tenant, environment, signal);
    if (obstacle) obstacles.push(obstacle);
    else usable.push(environment);
  }
  const kept = await removeSurplus(scope, tenant, wanted, signal);
  const [state = progress(scope, tenant)] = [...obstacles, ...kept];
  return { state, usable };
}

async function applyEnvironment(
  { applier }: Scope,
  tenant: Tenant,
  environment: TenantEnvironment,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  try {
    await applier.apply(
      [desiredEnvironmentNamespace(tenant, environment)],
      signal,
    );
    return undefined;
  } catch (error) {
    if (error instanceof ForeignObjectError) return nameConflict(error);
    throw error;
  }
}

async function removeSurplus(
  { applier, caches }: Scope,
  tenant: Tenant,
  wanted: TenantEnvironment[],
  signal: AbortSignal,
): Promise<PhaseState[]> {
  const surplus = caches.namespaces
    .index('tenant', tenant.metadata.name)
    .filter(namespace => {
      const environment = environmentOf(namespace);
      return (
        environment !== undefined &&
        !wanted.some(
          one => one.name === environment && wasMadeFor(one, namespace),
        )
      );
    });
  const kept = surplus.filter(isProtected);
  const going = staying(surplus).filter(namespace => !isProtected(namespace));
  if (going.length > 0 && (await isCurrent(caches.tenants, tenant, signal)))
    await applier.remove(going, signal);
  return kept.map(namespace => ({
    status: 'False',
    reason: 'EnvironmentProtected',
    message: `The environment ${environmentOf(
      namespace,
    )} was protected, so its namespace is kept; put it back, take the protection off, then remove it`,
  }));
}

function progress({ caches }: Scope, { metadata, spec }: Tenant): PhaseState {
  const namespaces = spec.environments.map(({ name }) =>
    caches.namespaces.get(environmentNamespace(metadata.name, name)),
  );
  const active = namespaces.filter(
    namespace => namespace && !namespace.metadata.deletionTimestamp,
  );
  const isReady = active.length === namespaces.length;
  return {
    status: isReady ? 'True' : 'False',
    reason: isReady ? 'NamespacesReady' : 'NamespacesPending',
    message: `${active.length} of ${namespaces.length} environments are there`,
  };
}

function environmentOf({ metadata }: Namespace): string | undefined {
  return metadata.labels?.[labels.environment];
}

/** An environment that went and came again may be on another cluster. */
function wasMadeFor(
  { cluster }: TenantEnvironment,
  { metadata }: Namespace,
): boolean {
  const madeOn = metadata.labels?.[labels.cluster];
  return madeOn === undefined || madeOn === cluster;
}

function isProtected({ metadata }: Namespace): boolean {
  return metadata.labels?.[protectedLabel] === 'true';
}
