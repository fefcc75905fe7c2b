import {
  homeNamespace,
  maxAccesses,
  readProposal,
  type Access,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { concernsTenant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';

/**
 * Returns the accesses of people without membership: approved requests that are neither expired nor revoked, about an
 * app that still exists. Derived at each reconciliation, so no one can add to the list. Until requests and apps are
 * loaded, these are the previous accesses that have not expired.
 */
export function grantedAccesses(
  { apps, requests }: Pick<Caches, 'apps' | 'requests'>,
  tenant: Tenant,
  now: Date,
): Access[] {
  const { name } = tenant.metadata;
  const isCurrent = ({ expiresAt }: Pick<Access, 'expiresAt'>) =>
    Date.parse(expiresAt) > now.getTime();
  if (!requests.isSynced || !apps.isSynced)
    return (tenant.status?.access ?? []).filter(isCurrent);
  return requests
    .index('tenant', name)
    .flatMap(request => {
      const { metadata, spec, status } = request;
      const isGranted =
        spec.action === 'grantAccess' &&
        status?.phase === 'Applied' &&
        !status.revocation &&
        concernsTenant(request, tenant);
      if (!isGranted) return [];
      const app = apps.get(spec.target.name, homeNamespace(name));
      const isSameApp =
        app !== undefined &&
        !app.metadata.deletionTimestamp &&
        app.metadata.uid === status.evidence?.appUid;
      const { proposal } = readProposal('grantAccess', spec.proposed);
      if (!isSameApp || !proposal) return [];
      if (!isCurrent(proposal)) return [];
      return {
        request: metadata.name,
        user: spec.requestedBy,
        app: spec.target.name,
        ...proposal,
      };
    })
    .sort((one, other) => (one.request < other.request ? -1 : 1))
    .slice(0, maxAccesses);
}
