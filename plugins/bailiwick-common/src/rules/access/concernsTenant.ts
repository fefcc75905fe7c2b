import type { ChangeRequest } from '../../kinds/changeRequest';
import type { Tenant } from '../../kinds/tenant';
import { annotations } from '../../kinds/naming/labels';
import { tenantOfHome } from '../../kinds/naming/namespaces';

/**
 * Whether a request is about this tenant or one of its apps, and not about an earlier tenant with the same name:
 * requests are kept after their tenant, and must not be visible in a new one.
 *
 * @public
 */
export function concernsTenant(
  {
    metadata,
    spec,
    status,
  }: Pick<ChangeRequest, 'metadata' | 'spec' | 'status'>,
  tenant: Pick<Tenant, 'metadata'>,
): boolean {
  const { name, uid, creationTimestamp = '' } = tenant.metadata;
  const { action, target } = spec;
  if (targetTenant({ target }) !== name) return false;
  if (action === 'create')
    return (
      tenant.metadata.annotations?.[annotations.changeRequest] === metadata.uid
    );
  const judged = status?.evidence?.tenantUid;
  if (judged !== undefined) return judged === uid;
  // Not judged yet. Both instants are of the API server (RFC 3339, UTC).
  return (metadata.creationTimestamp ?? '') >= creationTimestamp;
}

/** Returns the name of the tenant of a request or of its app; empty if it names none. @public */
export function targetTenant({
  target: { kind, name, namespace = '' },
}: Pick<ChangeRequest['spec'], 'target'>): string {
  return kind === 'Tenant' ? name : tenantOfHome(namespace) ?? '';
}

/** Returns the tenant of a request or of its app; `undefined` if it was deleted. @public */
export function tenantOf<T extends Pick<Tenant, 'metadata'>>(
  request: Pick<ChangeRequest, 'metadata' | 'spec' | 'status'>,
  tenants: { get(name: string): T | undefined },
): T | undefined {
  const named = tenants.get(targetTenant(request.spec));
  return named && concernsTenant(request, named) ? named : undefined;
}
