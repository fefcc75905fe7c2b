import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Link to an app's page in the catalog. */
export function AppLink({ app }: { app: AppView }) {
  const { name } = app.metadata;
  return (
    <EntityRefLink
      entityRef={{ kind: 'component', namespace: app.tenant, name }}
      title={app.spec.title}
      hideIcon
      disableTooltip
    />
  );
}
