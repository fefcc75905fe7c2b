import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Identity of an app. */
interface AppId {
  name: string;
  tenant: string;
}

/** Gives the address of an app's page in the catalog. */
export function useAppAddress(): (app: AppId) => string {
  const route = useRouteRef(entityRouteRef);
  return ({ name, tenant }) =>
    route({ kind: 'component', namespace: tenant, name });
}

/** Link to an app's page in the catalog. It asks the catalog nothing, so that a thousand cost nothing. */
export function AppLink({ app }: { app: AppId & { title: string } }) {
  const addressOf = useAppAddress();
  return <Link to={addressOf(app)}>{app.title}</Link>;
}
