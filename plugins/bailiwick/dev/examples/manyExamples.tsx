import { DeployTab } from '../../src/components/DeployTab/DeployTab';
import { FleetPage } from '../../src/components/FleetPage/FleetPage';
import { HomePage } from '../../src/components/HomePage/HomePage';
import { appEntity } from '../../src/__fixtures__/examplePortal';
import type { Example } from './Example';
import { pods } from './fixtures/objects';
import { portalWithApps, portalWithDeployment } from './fixtures/portals';

const withApps = {
  isPage: true,
  portal: () => portalWithApps(300),
};

/** As many objects as large portals have. */
export const manyExamples: Example[] = [
  {
    ...withApps,
    name: 'many-apps-home',
    title: 'Home with 300 apps',
    element: <HomePage title="Home" />,
    shows: 'View all 300 apps',
  },
  {
    ...withApps,
    name: 'many-apps',
    title: '300 apps as a board',
    element: <FleetPage />,
    shows: '300 apps',
  },
  {
    ...withApps,
    name: 'many-apps-table',
    title: '300 apps as a table',
    element: <FleetPage />,
    query: 'view=table',
    shows: '300 apps',
  },
  {
    name: 'many-pods',
    title: 'An app with 500 pods',
    element: <DeployTab />,
    entity: appEntity,
    portal: () => portalWithDeployment({ pods: pods(500) }),
    shows: 'Show 50 more of 500',
  },
];
