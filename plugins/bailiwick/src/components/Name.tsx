import { EntityDisplayName } from '@backstage/plugin-catalog-react';

/** What people call the person or group of a reference; the reference itself on hover. */
export function Name({ of: entityRef }: { of: string }) {
  return <EntityDisplayName entityRef={entityRef} hideIcon />;
}
