import type { App } from '../../kinds/app';
import type { ChangeRequest } from '../../kinds/changeRequest';
import type { Tenant } from '../../kinds/tenant';
import { targetTenant } from '../access/concernsTenant';

/** Lists in which titles are looked up. @public */
export interface TitleLists {
  apps: { get(name: string, namespace?: string): App | undefined };
  requests: { list(): readonly ChangeRequest[] };
}

/**
 * Returns the display name of the tenant or app of a request; that of a deleted tenant as it was requested. `undefined`
 * if none is known.
 *
 * @public
 */
export function targetTitleOf(
  request: ChangeRequest,
  tenant: Tenant | undefined,
  { apps, requests }: TitleLists,
): string | undefined {
  const { target } = request.spec;
  if (tenant && target.kind === 'App')
    return apps.get(target.name, target.namespace)?.spec.title;
  if (tenant) return tenant.spec.title;
  return target.kind === 'Tenant'
    ? requestedTitle(request, requests.list())
    : undefined;
}

/** Returns the title in the last approved request for the tenant before another request about the tenant. */
function requestedTitle(
  request: ChangeRequest,
  all: readonly ChangeRequest[],
): string | undefined {
  const created = all
    .filter(
      one =>
        one.spec.action === 'create' &&
        one.status?.phase === 'Applied' &&
        targetTenant(one.spec) === targetTenant(request.spec) &&
        createdAt(one) <= createdAt(request),
    )
    .sort((one, other) => createdAt(one).localeCompare(createdAt(other)))
    .at(-1);
  const title = created?.spec.proposed.title;
  return typeof title === 'string' ? title : undefined;
}

function createdAt({ metadata }: ChangeRequest): string {
  return metadata.creationTimestamp ?? '';
}
