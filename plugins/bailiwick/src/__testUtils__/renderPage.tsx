import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { configApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { JsonObject } from '@backstage/types';
import type { ReactElement } from 'react';
import {
  catalogIndexRouteRef,
  docsRouteRef,
  guidePageRouteRef,
  fleetRouteRef,
  homeRouteRef,
  requestsRouteRef,
  searchPageRouteRef,
  tenantsRouteRef,
} from '../routeRefs';
import type { FakePortal } from '../__fixtures__/FakePortal';

interface Example {
  kind: string;
  name: string;
  title?: string;
  spec?: { type: string };
}

const entities = [
  ...['bea', 'tom'].map(name => ({ kind: 'User', name })),
  { kind: 'Group', name: 'rates', title: 'Rates' },
  // As the catalog's module creates it for the members of a tenant.
  { kind: 'Group', name: 'fx-desk-members', spec: { type: 'tenant' } },
].map(({ kind, name, ...fields }: Example) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', title: fields.title },
  spec: fields.spec,
}));

/** Draws a page of the portal at an address, before a {@link FakePortal}. */
export async function renderPage(
  page: ReactElement,
  portal: FakePortal,
  at = '/',
  bailiwick: JsonObject = { gateway: { baseUrl: 'http://gateway.test' } },
) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [bailiwickApiRef, portal.client],
        [catalogApiRef, catalogApiMock({ entities })],
        [
          configApiRef,
          mockApis.config({
            data: { app: { title: 'Test portal' }, bailiwick },
          }),
        ],
      ]}
    >
      {page}
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/home': homeRouteRef,
        '/apps': fleetRouteRef,
        '/tenants': tenantsRouteRef,
        '/requests': requestsRouteRef,
        '/docs': docsRouteRef,
        '/docs/:guide': guidePageRouteRef,
        '/search': searchPageRouteRef,
        '/catalog': catalogIndexRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}
