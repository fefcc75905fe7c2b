import { useRouteRef } from '@backstage/core-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { fleetRouteRef } from '../../routeRefs';
import { NotFoundState } from '../NotFoundState';
import { PageFrame } from '../PageFrame';
import { FleetPage } from './FleetPage';

/** The pages below `/apps`. */
export function FleetRoutes() {
  const toApps = useRouteRef(fleetRouteRef)();
  return (
    <Routes>
      <Route path="/" element={<FleetPage />} />
      <Route
        path="*"
        element={
          <PageFrame title="Apps">
            <NotFoundState
              title="App not found"
              back={{ to: toApps, words: 'View your apps' }}
            >
              Each app has a page in the catalog. Find it in the list of apps.
            </NotFoundState>
          </PageFrame>
        }
      />
    </Routes>
  );
}
