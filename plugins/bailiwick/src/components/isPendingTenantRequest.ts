import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/**
 * Whether a request for a new tenant is not decided, or not carried out yet.
 *
 * @param name - the tenant in question; any when left out
 */
export function isPendingTenantRequest(
  { spec, status }: Pick<RequestView, 'spec' | 'status'>,
  name = spec.target.name,
): boolean {
  return (
    spec.action === 'create' &&
    spec.target.name === name &&
    ['Open', 'Approved', undefined].includes(status?.phase)
  );
}
