import { useRouteRef } from '@backstage/core-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { appsRouteRef } from '../../routes';
import { NotThere } from '../NotThere';
import { PageFrame } from '../PageFrame';
import { AppsPage } from './AppsPage';

/** The pages below `/apps`. */
export function AppsRoutes() {
  const toApps = useRouteRef(appsRouteRef)();
  return (
    <Routes>
      <Route path="/" element={<AppsPage />} />
      <Route
        path="*"
        element={
          <PageFrame title="Apps">
            <NotThere
              title="There is no such app"
              back={{ to: toApps, words: 'See your apps' }}
            >
              Each app has its page in the catalog. The list of apps leads
              there.
            </NotThere>
          </PageFrame>
        }
      />
    </Routes>
  );
}
