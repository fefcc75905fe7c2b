import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { FakePortal } from '../../src/__fixtures__/FakePortal';
import { appEntity } from '../../src/__fixtures__/examplePortal';
import { anApp } from '../../src/__fixtures__/views';
import { AppCards } from '../../src/components/entityCards/AppCards';
import { DeployTab } from '../../src/components/DeployTab/DeployTab';
import { FleetPage } from '../../src/components/FleetPage/FleetPage';
import { HomePage } from '../../src/components/HomePage/HomePage';
import { TenantsPage } from '../../src/components/TenantsPage/TenantsPage';
import type { Example } from './Example';
import {
  appPath,
  completePortal,
  portalWithApps,
  portalWithDeployment,
} from './fixtures/portals';

const staleness: Staleness = {
  who: 'cluster',
  since: '2026-11-24T11:48:00Z',
  age: 720,
  why: 'The API server did not respond within 5 s.',
};

/** Returns a portal with stale data. */
function lostPortal(): FakePortal {
  return portalWithApps(12)
    .streams('/cluster', {
      ready: false,
      message:
        'Can’t reach the cluster (timed out after 5 s). Showing data from 11:48. Retrying.',
      stale: staleness,
      steps: [],
    })
    .loses('/fleet', staleness)
    .loses('/apps', staleness)
    .loses('/tenants', staleness);
}

const stale = {
  since: '2026-11-24T11:48:00Z',
  why: 'The cluster west does not respond (timed out after 5 s).',
};

/** An app whose environment is on a cluster that does not respond. */
function appOnLostCluster() {
  const app = anApp();
  return {
    ...app,
    status: {
      ...app.status,
      environments: app.status?.environments?.map(one => ({ ...one, stale })),
    },
  };
}

const refusal = 'The database is locked. Try again in a minute.';
const ofApp = { entity: appEntity };

/** Clusters and portals that respond late, not at all, or with an error. */
export const faultExamples: Example[] = [
  {
    name: 'unreachable-cluster',
    title: 'Apps while the cluster is unreachable',
    element: <FleetPage />,
    isPage: true,
    portal: lostPortal,
    shows: 'Not live',
  },
  {
    name: 'unreachable-cluster-home',
    title: 'Home while the cluster is unreachable',
    element: <HomePage title="Home" />,
    isPage: true,
    portal: lostPortal,
    shows: '(stale)',
  },
  {
    ...ofApp,
    name: 'unreachable-environment',
    title: 'Deploy tab with an environment on an unreachable cluster',
    element: <DeployTab />,
    portal: () => portalWithDeployment({ app: appOnLostCluster() }),
    shows: 'Last seen',
  },
  {
    name: 'slow-home',
    title: 'Home while the portal’s API is slow',
    element: <HomePage title="Home" />,
    isPage: true,
    portal: () =>
      completePortal()
        .hangs('GET /me')
        .hangs('GET /apps?watch=true')
        .hangs('GET /tenants?watch=true'),
    isLoading: true,
    shows: 'Home',
  },
  {
    name: 'slow-apps',
    title: 'Apps while the portal’s API is slow',
    element: <FleetPage />,
    isPage: true,
    portal: () => completePortal().hangs('GET /fleet?watch=true'),
    isLoading: true,
    shows: 'Apps',
  },
  {
    ...ofApp,
    name: 'slow-overview',
    title: 'Overview of an app while the portal’s API is slow',
    element: <AppCards />,
    portal: () =>
      completePortal()
        .hangs(`GET ${appPath}?watch=true`)
        .hangs(`GET ${appPath}/history?span=day`),
    isLoading: true,
    shows: 'Readiness',
  },
  {
    name: 'failing-tenants',
    title: 'Tenants while the portal’s API fails',
    element: <TenantsPage />,
    isPage: true,
    portal: () =>
      completePortal().answers('GET /tenants?watch=true', refusal, 403),
    shows: refusal,
  },
];
