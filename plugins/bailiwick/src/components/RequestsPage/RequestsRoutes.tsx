import { Route, Routes } from 'react-router-dom';
import { RequestTenantPage } from '../RequestTenantPage';
import { RequestsPage } from './RequestsPage';

/** The pages below `/requests`. */
export function RequestsRoutes() {
  return (
    <Routes>
      <Route path="/" element={<RequestsPage />} />
      <Route path="/new" element={<RequestTenantPage />} />
    </Routes>
  );
}
