import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Names those who decide about read access to an app. */
export function AccessApprovers({ owner }: { owner: string }) {
  return (
    <>
      <EntityRefLink entityRef={owner} defaultKind="group" /> or the platform
      team
    </>
  );
}
