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
              title="There is no such app"
              back={{ to: toApps, words: 'See your apps' }}
            >
              Each app has its page in the catalog. The list of apps leads
              there.
            </NotFoundState>
          </PageFrame>
        }
      />
    </Routes>
  );
}
