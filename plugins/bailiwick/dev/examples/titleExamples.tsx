import { AppCards } from '../../src/components/entityCards/AppCards';
import { DeployTab } from '../../src/components/DeployTab/DeployTab';
import { FleetPage } from '../../src/components/FleetPage/FleetPage';
import { HomePage } from '../../src/components/HomePage/HomePage';
import { RequestsPage } from '../../src/components/RequestsPage/RequestsPage';
import { TenantsPage } from '../../src/components/TenantsPage/TenantsPage';
import { GetDataTab } from '../../src/components/GetDataTab/GetDataTab';
import type { Example } from './Example';
import { longApp } from './fixtures/longApp';
import { entityWith } from './fixtures/objects';
import { portalWithDeployment, portalWithTitles } from './fixtures/portals';
import { allTitles, titles } from './fixtures/titles';

const lists = () => portalWithTitles(allTitles);
const app = () => portalWithDeployment({ ...longApp });
const entity = entityWith(titles.mixed);

/** Titles of 80 characters with and without spaces, right-to-left text, emoji. */
export const titleExamples: Example[] = [
  { name: 'titles-home', title: 'Home', element: <HomePage title="Home" /> },
  { name: 'titles-apps', title: 'Apps as a board', element: <FleetPage /> },
  {
    name: 'titles-apps-table',
    title: 'Apps as a table',
    element: <FleetPage />,
    query: 'view=table',
  },
  { name: 'titles-tenants', title: 'Tenants', element: <TenantsPage /> },
  { name: 'titles-requests', title: 'Requests', element: <RequestsPage /> },
  {
    name: 'titles-request',
    title: 'One request',
    element: <RequestsPage />,
    query: 'request=tenant-1-create-1',
  },
].map(example => ({
  ...example,
  isPage: true,
  portal: lists,
  shows: titles.hebrew,
  hasSystemFonts: true,
}));

const ofApp = { entity, portal: app, hasSystemFonts: true };

titleExamples.push(
  {
    ...ofApp,
    name: 'long-overview',
    title: 'Overview of an app with long names',
    element: <AppCards />,
    shows: 'Readiness',
  },
  {
    ...ofApp,
    name: 'long-deploy',
    title: 'Deploy tab of an app with long names',
    element: <DeployTab />,
    shows: 'Actions',
  },
  {
    ...ofApp,
    name: 'long-get-data',
    title: 'Get data tab of an app with long names',
    element: <GetDataTab />,
    shows: 'Clone the code',
  },
);
