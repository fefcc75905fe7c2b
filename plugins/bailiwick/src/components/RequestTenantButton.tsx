import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { requestTenantRouteRef } from '../routeRefs';

/** Opens the form that requests a tenant. */
export function RequestTenantButton() {
  const toForm = useRouteRef(requestTenantRouteRef)();
  return (
    <LinkButton to={toForm} variant="contained" color="primary">
      Request a tenant
    </LinkButton>
  );
}
