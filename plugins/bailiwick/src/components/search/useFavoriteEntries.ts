import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  entityRouteParams,
  entityRouteRef,
  useStarredEntities,
} from '@backstage/plugin-catalog-react';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import useAsync from 'react-use/esm/useAsync';
import type { SearchEntry } from './SearchEntry';

const maxEntries = 8;
const fields = [
  'kind',
  'metadata.annotations',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
];

/** Returns the entities that the reader starred, by title; those that no longer exist are left out. */
export function useFavoriteEntries(): SearchEntry[] {
  const catalog = useApi(catalogApiRef);
  const route = useRouteRef(entityRouteRef);
  const { starredEntities } = useStarredEntities();
  const references = [...starredEntities].sort().slice(0, maxEntries).join();
  const { value = [] } = useAsync(async () => {
    if (!references) return [];
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: references.split(','),
      fields,
    });
    return items.flatMap(entity => entity ?? []);
  }, [catalog, references]);
  return value
    .map(entity => {
      const { metadata } = entity;
      const tenant = metadata.annotations?.[annotations.tenant] ?? '';
      const isApp = metadata.annotations?.[annotations.app] !== undefined;
      return {
        title: metadata.title ?? metadata.name,
        location: route(entityRouteParams(entity)),
        kind: isApp && entity.kind === 'Component' ? 'App' : entity.kind,
        context: isApp ? tenant : '',
        text: '',
      };
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}
