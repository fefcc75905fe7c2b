import {
  done,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isCurrent, staying } from '../../apply';
import { partOf, type Target, type Scope } from '../../placement';
import { environmentState } from './environmentState';
import type { QuotaCounting } from './phases';
import { runPhases } from './runPhases';

/** Makes what a tenant has on a target, and reports it to the hub. */
export async function reconcileTenantThere(
  scope: Scope & { target: Target },
  counting: QuotaCounting,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, target } = scope;
  // What was left alone is looked at when it is back.
  if (!target.isHere) return done;
  const tenant = caches.tenants.get(name);
  const namespaces = caches.namespaces.index('tenant', name);
  const part = tenant && partOf(scope, tenant);
  const hasNothing = namespaces.length === 0 && !part?.spec.environments.length;
  // A tenant that is gone without its finalizer leaves what it has to people.
  if (!tenant || !part || hasNothing) {
    target.tenants.delete(name);
    return done;
  }
  if (tenant.metadata.deletionTimestamp) {
    counting.forget(tenant);
    await remove(scope, tenant, signal);
    return done;
  }
  // The hub writes it before anything is made anywhere.
  if (!tenant.metadata.finalizers?.includes(finalizer)) return done;
  const { failed, lookAgain, states } = await runPhases(
    scope,
    counting,
    tenant,
    signal,
  );
  target.tenants.set(name, {
    generation: tenant.metadata.generation ?? 0,
    states,
    environments: part.spec.environments.map(one =>
      environmentState(caches, name, one),
    ),
    namespaces: caches.namespaces
      .index('tenant', name)
      .map(({ metadata }) => metadata.name),
  });
  if (failed) throw failed.error;
  return lookAgain;
}

async function remove(
  { applier, caches, target }: Scope & { target: Target },
  tenant: Tenant,
  signal: AbortSignal,
): Promise<void> {
  const { generation = 0, name } = tenant.metadata;
  const namespaces = caches.namespaces.index('tenant', name);
  if (
    staying(namespaces).length > 0 &&
    (await isCurrent(caches.tenants, tenant, signal))
  )
    await applier.remove(namespaces, signal);
  target.tenants.set(name, {
    generation,
    states: {},
    environments: [],
    namespaces: namespaces.map(({ metadata }) => metadata.name),
  });
}
