import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../../scope';
import { limitsName } from '../desired';

/** Milliseconds within which the quota controller usually counts. */
export const countingTime = 10_000;

/** What the cluster has not counted yet; until then it refuses every object of that kind. */
export interface Uncounted {
  /** First of the namespaces. */
  namespace: string;
  /**
   * Quotas that waited too long. A quota that was made before the quota controller knew our kinds
   * is looked at again only after minutes; a new one is looked at at once.
   */
  stuck: ResourceQuota[];
}

/** Finds the quotas of a tenant of which some resource is not counted, `undefined` for none. */
export function findUncounted(
  { caches, now }: Scope,
  { metadata: { name: tenant }, spec }: Tenant,
): Uncounted | undefined {
  const namespaces = [
    homeNamespace(tenant),
    ...spec.environments.map(({ name }) => environmentNamespace(tenant, name)),
  ];
  const uncounted = namespaces.filter(
    namespace => !isCounted(caches.quotas.get(limitsName, namespace)),
  );
  if (uncounted.length === 0) return undefined;
  const stuck = uncounted
    .flatMap(namespace => caches.quotas.get(limitsName, namespace) ?? [])
    .filter(({ metadata }) => {
      const made = new Date(metadata.creationTimestamp ?? 0).getTime();
      return now().getTime() - made > countingTime;
    });
  return { namespace: uncounted[0], stuck };
}

function isCounted(quota: ResourceQuota | undefined): boolean {
  const used = quota?.status?.used;
  return (
    used !== undefined &&
    Object.keys(quota?.spec?.hard ?? {}).every(resource => resource in used)
  );
}
