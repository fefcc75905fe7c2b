import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { tenantRouteRef } from '../routeRefs';

/** Opens a request on the page of the tenant that it is about. */
export function TenantRequestLink({
  children,
  request,
  tenant,
}: {
  children: ReactNode;
  /** Its name. */
  request: string;
  tenant: string;
}) {
  return (
    <Link to={useTenantRequestAddress(tenant, request)} underline="always">
      {children}
    </Link>
  );
}

/** Returns the address of a request on the page of the tenant that it is about. */
export function useTenantRequestAddress(
  tenant: string,
  request: string,
): string {
  const toTenant = useRouteRef(tenantRouteRef)({ tenant });
  return `${toTenant}/requests?request=${request}`;
}
