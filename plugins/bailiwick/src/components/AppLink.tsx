import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Identity of an app. */
interface AppId {
  name: string;
  tenant: string;
}

/** Returns the address of an app's page in the catalog. */
export function useAppAddress(): (app: AppId) => string {
  const route = useRouteRef(entityRouteRef);
  return ({ name, tenant }) =>
    route({ kind: 'component', namespace: tenant, name });
}

/** Returns the address of an app's Get data tab. */
export function useDataAddress(): (app: AppId) => string {
  const addressOf = useAppAddress();
  return app => `${addressOf(app)}/get-data`;
}

/** Link to an app's page in the catalog. It sends no request to the catalog, so a thousand links cost nothing. */
export function AppLink({ app }: { app: AppId & { title: string } }) {
  const addressOf = useAppAddress();
  return <Link to={addressOf(app)}>{app.title}</Link>;
}
