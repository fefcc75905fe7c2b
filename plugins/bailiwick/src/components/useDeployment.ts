import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveValue } from '@bailiwick/backstage-plugin-bailiwick-react';
import { appOf } from '../entityKinds';

/** Returns the app of the page's entity, with its deployment; `undefined` for other entities. */
export function useDeployment() {
  const app = appOf(useEntity().entity);
  const live = useLiveValue<DeploymentView>(
    app && `/tenants/${app.tenant}/apps/${app.name}`,
  );
  return { app, live };
}
