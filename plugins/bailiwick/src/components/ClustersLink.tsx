import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { catalogIndexRouteRef } from '../routeRefs';

const clusters = new URLSearchParams({
  'filters[kind]': 'resource',
  'filters[type]': 'kubernetes-cluster',
  'filters[user]': 'all',
});

/** Leads to the clusters in the catalog; nothing where the portal has no catalog page. */
export function ClustersLink() {
  const toCatalog = useRouteRef(catalogIndexRouteRef);
  return toCatalog ? (
    <Link to={`${toCatalog()}?${clusters}`}>Clusters</Link>
  ) : null;
}
