import { FleetPage } from '../../src/components/FleetPage/FleetPage';
import { HomePage } from '../../src/components/HomePage/HomePage';
import { RequestsPage } from '../../src/components/RequestsPage/RequestsPage';
import { TenantsPage } from '../../src/components/TenantsPage/TenantsPage';
import type { Example } from './Example';
import { completePortal } from './fixtures/portals';

/** Pages of a person who has nothing yet. */
export const emptyExamples: Example[] = [
  {
    name: 'empty-home',
    title: 'Home without a tenant',
    element: <HomePage title="Home" />,
    shows: 'Steps to your first rows',
  },
  {
    name: 'empty-apps',
    title: 'No apps',
    element: <FleetPage />,
    shows: 'No apps yet',
  },
  {
    name: 'empty-tenants',
    title: 'No tenants',
    element: <TenantsPage />,
    shows: 'No tenants yet',
  },
  {
    name: 'empty-requests',
    title: 'No requests',
    element: <RequestsPage />,
    shows: 'No requests',
  },
].map(example => ({
  ...example,
  isPage: true,
  portal: () =>
    completePortal()
      .streamsList('/apps', [])
      .streamsList('/tenants', [])
      .streamsList('/requests', [])
      .streams('/fleet', { type: 'snapshot', items: [], tenants: [] }),
}));
