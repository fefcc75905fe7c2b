import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveValue } from '@bailiwick/backstage-plugin-bailiwick-react';
import { appOf } from '../entityKinds';

/** The app that the page's entity stands for, and how it runs; there is no app for other entities. */
export function useDeployment() {
  const app = appOf(useEntity().entity);
  const live = useLiveValue<DeploymentView>(
    app && `/tenants/${app.tenant}/apps/${app.name}`,
  );
  return { app, live };
}
