import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { requestsRouteRef, requestTenantRouteRef } from '../../routeRefs';
import { RequestsPage } from './RequestsPage';

/** The pages below `/requests`. */
export function RequestsRoutes() {
  const toForm = useRouteRef(requestTenantRouteRef)();
  return (
    <Routes>
      <Route path="/" element={<RequestsPage />} />
      <Route path="/new" element={<Navigate to={toForm} replace />} />
      <Route path="*" element={<OpenedRequest />} />
    </Routes>
  );
}

/** `/requests/<name>` opens that request in the list; if there is none, it says so. */
function OpenedRequest() {
  const { '*': name = '' } = useParams();
  const toRequests = useRouteRef(requestsRouteRef)();
  const search = new URLSearchParams({ request: name });
  return <Navigate to={`${toRequests}?${search}`} replace />;
}
