import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Shows the title of a user or group, and its entity reference on hover. */
export function Name({ of: entityRef }: { of: string }) {
  const ownPlatformGroup = useApi(configApiRef).getOptionalString(
    'bailiwick.platformGroup',
  );
  const shown =
    entityRef === platformGroup ? ownPlatformGroup ?? entityRef : entityRef;
  return <EntityDisplayName entityRef={shown} hideIcon />;
}
