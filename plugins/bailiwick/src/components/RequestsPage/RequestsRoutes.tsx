import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { requestsRouteRef } from '../../routes';
import { RequestTenantPage } from '../RequestTenantPage';
import { RequestsPage } from './RequestsPage';

/** The pages below `/requests`. */
export function RequestsRoutes() {
  return (
    <Routes>
      <Route path="/" element={<RequestsPage />} />
      <Route path="/new" element={<RequestTenantPage />} />
      <Route path="*" element={<OpenedRequest />} />
    </Routes>
  );
}

/** `/requests/<name>` opens that request in the list, which also says when there is none. */
function OpenedRequest() {
  const { '*': name = '' } = useParams();
  const toRequests = useRouteRef(requestsRouteRef)();
  const search = new URLSearchParams({ request: name });
  return <Navigate to={`${toRequests}?${search}`} replace />;
}
