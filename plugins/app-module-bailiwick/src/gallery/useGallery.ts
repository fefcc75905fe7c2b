import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';
import { gallerySections } from './gallerySections';

/** Parts of templates that cards show. */
const fields = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
];

/**
 * Returns the sections of the gallery and the memberships of the reader, each with its state; four requests in total.
 */
export function useGallery() {
  const catalog = useApi(catalogApiRef);
  const client = useApi(bailiwickApiRef);
  const sections = useAsync(async () => {
    const [{ items }, packs] = await Promise.all([
      catalog.getEntities({ filter: { kind: 'template' }, fields }),
      client.listPacks(),
    ]);
    return gallerySections(items, packs);
  }, [catalog, client]);
  const reader = useAsync(async () => {
    const [me, all] = await Promise.all([client.getMe(), client.listTenants()]);
    return {
      isPlatformEngineer: me.platformEngineer,
      tenants: all.filter(({ myRole }) => myRole !== undefined),
    };
  }, [client]);
  return { sections, reader };
}
