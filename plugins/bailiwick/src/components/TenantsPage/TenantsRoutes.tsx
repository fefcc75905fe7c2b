import { Route, Routes } from 'react-router-dom';
import { RequestTenantPage } from '../RequestTenantPage/RequestTenantPage';
import { TenantPage } from '../TenantPage/TenantPage';
import { TenantsPage } from './TenantsPage';

/** The pages below `/tenants`. */
export function TenantsRoutes() {
  return (
    <Routes>
      <Route path="/" element={<TenantsPage />} />
      <Route path="/-/new" element={<RequestTenantPage />} />
      <Route path="/:tenant/*" element={<TenantPage />} />
    </Routes>
  );
}
