import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Gives the address of the page of an app, which is that of its component. */
export function useAppPage(): (place: {
  tenant: string;
  app: string;
}) => string {
  const route = useRouteRef(entityRouteRef);
  return ({ app, tenant }) =>
    route({ kind: 'component', namespace: tenant, name: app });
}
