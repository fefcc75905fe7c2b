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

/** Returns the sections of the gallery and the reader's tenants, each with its state; three requests in total. */
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
  const tenants = useAsync(async () => {
    const all = await client.listTenants();
    return all.filter(({ myRole }) => myRole !== undefined);
  }, [client]);
  return { sections, tenants };
}
