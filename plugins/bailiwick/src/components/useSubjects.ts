import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';

/** A person or a group that can be a member. */
export interface Subject {
  ref: string;
  /** Display name. */
  name: string;
}

/** A person or a group of the catalog as one that can be a member. */
export function asSubject(entity: Entity): Subject {
  const { metadata, spec } = entity;
  const profile = spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    name: profile?.displayName ?? metadata.title ?? metadata.name,
  };
}

/** Returns the people and groups of the catalog, without the groups derived from tenants. */
export function useSubjects() {
  const catalog = useApi(catalogApiRef);
  return useAsync(async () => {
    const { items } = await catalog.getEntities({
      filter: [{ kind: 'User' }, { kind: 'Group' }],
      fields: ['kind', 'metadata', 'spec.profile.displayName', 'spec.type'],
    });
    return items.filter(({ spec }) => spec?.type !== 'tenant').map(asSubject);
  }, [catalog]);
}
