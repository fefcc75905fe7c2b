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
import { isCurrent, nameConflict, staying, type PhaseState } from '../../apply';
import { protectedLabel } from '../../names';
import type { Scope } from '../../scope';
import { desiredEnvironmentNamespace, desiredHomeNamespace } from '../desired';

/** What came of the namespaces. */
export interface NamespacesOutcome {
  state: PhaseState;
  /** The environments whose namespace is ours; only in these may more be made. */
  usable: TenantEnvironment[];
}

/**
 * Makes the home namespace and those of the environments, and deletes those of environments that
 * are no longer wanted, unless they were protected.
 *
 * @throws ForeignObjectError when the home namespace belongs to somebody else
 */
export async function applyNamespaces(
  scope: Scope,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<NamespacesOutcome> {
  await scope.applier.apply([desiredHomeNamespace(tenant)], signal);
  const obstacles: PhaseState[] = [];
  const usable: TenantEnvironment[] = [];
  for (const environment of tenant.spec.environments) {
    const obstacle = await applyEnvironment(scope, tenant, environment, signal);
    if (obstacle) obstacles.push(obstacle);
    else usable.push(environment);
  }
  const kept = await removeSurplus(scope, tenant, signal);
  const [state = progress(scope, tenant)] = [...obstacles, ...kept];
  return { state, usable };
}

async function applyEnvironment(
  { applier, caches }: Scope,
  tenant: Tenant,
  environment: TenantEnvironment,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  if (caches.clusters.get(environment.cluster)?.spec.credentials) {
    return {
      status: 'False',
      reason: 'ClusterNotConnected',
      message: `The environment ${environment.name} is on the cluster ${environment.cluster}, which this operator does not serve`,
    };
  }
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
  signal: AbortSignal,
): Promise<PhaseState[]> {
  const { metadata, spec } = tenant;
  const wanted = new Set(spec.environments.map(({ name }) => name));
  const surplus = caches.namespaces
    .index('tenant', metadata.name)
    .filter(namespace => {
      const environment = environmentOf(namespace);
      return environment !== undefined && !wanted.has(environment);
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

function isProtected({ metadata }: Namespace): boolean {
  return metadata.labels?.[protectedLabel] === 'true';
}
