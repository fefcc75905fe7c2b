import {
  ForeignObjectError,
  type Namespace,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  labels,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nameConflict, removeSurplus } from '../../../apply';
import { protectedLabel } from '../../../names';
import type { PhaseState, Placement } from '../../../placement';
import { desiredEnvironmentNamespace, desiredHomeNamespace } from '../desired';

/** Outcome of the namespaces phase. */
export interface NamespacesOutcome {
  state: PhaseState;
  /** Environments whose namespace belongs to the tenant; objects are created only in these. */
  usable: TenantEnvironment[];
}

/**
 * Creates the home namespace on the hub and the namespaces of the environments, and deletes those of removed
 * environments unless they were protected.
 *
 * @param tenant - limited to the environments on this cluster
 * @param wanted - all its environments
 * @throws ForeignObjectError when the name of the home namespace is taken
 */
export async function applyNamespaces(
  placement: Placement,
  tenant: Tenant,
  wanted: TenantEnvironment[],
  signal: AbortSignal,
): Promise<NamespacesOutcome> {
  if (!placement.target) {
    const whole = { ...tenant, spec: { ...tenant.spec, environments: wanted } };
    await placement.applier.apply([desiredHomeNamespace(whole)], signal);
  }
  const obstacles: PhaseState[] = [];
  const usable: TenantEnvironment[] = [];
  for (const environment of tenant.spec.environments) {
    const obstacle = await applyEnvironment(
      placement,
      tenant,
      environment,
      signal,
    );
    if (obstacle) obstacles.push(obstacle);
    else usable.push(environment);
  }
  const kept = await removeUnwanted(placement, tenant, wanted, signal);
  const [state = progress(placement, tenant)] = [...obstacles, ...kept];
  return { state, usable };
}

async function applyEnvironment(
  { applier }: Placement,
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

async function removeUnwanted(
  placement: Placement,
  tenant: Tenant,
  wanted: TenantEnvironment[],
  signal: AbortSignal,
): Promise<PhaseState[]> {
  const { caches } = placement;
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
  const unprotected = surplus.filter(namespace => !isProtected(namespace));
  await removeSurplus(placement, caches.tenants, tenant, unprotected, signal);
  return kept.map(namespace => ({
    status: 'False',
    reason: 'EnvironmentProtected',
    message: `The environment ${environmentOf(
      namespace,
    )} is protected, so its namespace is kept; add the environment again, remove its protection, then remove it`,
  }));
}

function progress(
  { caches }: Placement,
  { metadata, spec }: Tenant,
): PhaseState {
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
    message: `${active.length} of ${namespaces.length} namespaces exist`,
  };
}

function environmentOf({ metadata }: Namespace): string | undefined {
  return metadata.labels?.[labels.environment];
}

/** An environment that was removed and added again may be on another cluster. */
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
