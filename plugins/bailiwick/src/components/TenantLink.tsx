import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { tenantRouteRef } from '../routeRefs';

/** Link to a tenant's page. */
export function TenantLink({
  name,
  title = name,
}: {
  name: string;
  title?: string;
}) {
  const route = useRouteRef(tenantRouteRef);
  return <Link to={route({ tenant: name })}>{title}</Link>;
}
