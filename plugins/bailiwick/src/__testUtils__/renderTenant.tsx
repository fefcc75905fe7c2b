import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  MeView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Route, Routes } from 'react-router-dom';
import { createExamplePortal } from '../__fixtures__/examplePortal';
import { aPlan, aRequest, aTenant } from '../__fixtures__/views';
import { TenantsRoutes } from '../components/TenantsPage/TenantsRoutes';
import { renderPage } from './renderPage';

/** A plan with room for three environments, prices and an end. */
export const roomyPlan = aPlan({
  environments: { max: 3, names: ['dev', 'test', 'prod'] },
  prices: {
    currency: 'EUR',
    cpuHour: '0.03',
    memoryGiBHour: '0.004',
    storageGiBMonth: '0.10',
  },
  maxLifetime: '365d',
});

/** A request to change the tenant, as its requester sees it. */
export function aChange(
  spec: Partial<RequestView['spec']>,
  fields: Partial<RequestView> = {},
): RequestView {
  return aRequest({
    metadata: {
      name: 'rates-desk-change-1',
      creationTimestamp: '2026-11-20T08:00:00Z',
    },
    mine: true,
    canDecide: false,
    spec: { ...aRequest().spec, reason: 'We need it.', ...spec },
    ...fields,
  });
}

/** Draws the page of a tenant as Rita, who owns it, or as another person. */
export async function renderTenant({
  at = '',
  me = {},
  plans = [roomyPlan],
  requests = [],
  prepare = () => {},
  tenant = aTenant({ myRole: 'owner' }),
}: {
  /** Part of the page: `members`. */
  at?: string;
  me?: Partial<MeView>;
  /** `unknown`: the portal fails. */
  plans?: Plan[] | 'unknown';
  requests?: RequestView[] | 'unknown';
  /** Adds further answers of the portal. */
  prepare?: (portal: ReturnType<typeof createExamplePortal>) => void;
  tenant?: TenantView;
} = {}) {
  const portal = createExamplePortal()
    .answers('GET /me', {
      user: 'user:default/rita',
      groups: ['group:default/rates'],
      platformEngineer: false,
      ...me,
    })
    .answers(
      'POST /tenants/rates-desk/requests',
      aChange({}, { status: { phase: 'Open' } }),
      201,
    )
    .streamsList('/tenants', [tenant]);
  if (plans === 'unknown') portal.answers('GET /plans', 'No cluster.', 503);
  else portal.answers('GET /plans', { items: plans });
  if (requests === 'unknown')
    portal.answers('GET /requests?watch=true', 'No cluster.', 403);
  else portal.streamsList('/requests', requests);
  prepare(portal);
  await renderPage(
    <Routes>
      <Route path="/tenants/*" element={<TenantsRoutes />} />
    </Routes>,
    portal,
    `/tenants/rates-desk/${at}`,
  );
  return {
    portal,
    /** Returns the requests so far. */
    asked: () =>
      portal.calls
        .filter(
          ({ method, path }) =>
            method === 'POST' && path === '/tenants/rates-desk/requests',
        )
        .map(({ body }) => body),
  };
}
