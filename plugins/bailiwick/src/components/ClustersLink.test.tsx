import { screen, waitFor } from '@testing-library/react';
import { FakePortal } from '../__fixtures__/FakePortal';
import { aFleetRow, aFleetTenant } from '../__fixtures__/views';
import { renderPage } from '../__testUtils__/renderPage';
import { FleetPage } from './FleetPage/FleetPage';

describe('ClustersLink', () => {
  it.each([
    ['platform engineers', true, 1],
    ['no one else', false, 0],
  ])(
    'leads %s from the apps to the clusters',
    async (_people, platformEngineer, count) => {
      const portal = new FakePortal()
        .streams('/cluster', { ready: true, message: '', steps: [] })
        .streams('/fleet', {
          type: 'snapshot',
          items: [aFleetRow()],
          tenants: [aFleetTenant()],
        })
        .answers('GET /me', {
          user: 'user:default/pia',
          groups: [],
          platformEngineer,
        });
      await renderPage(<FleetPage />, portal);
      await screen.findByRole('link', { name: 'Month-end prices' });
      await waitFor(() =>
        expect(portal.calls).toContainEqual({ method: 'GET', path: '/me' }),
      );
      await waitFor(() =>
        expect(
          screen.queryAllByRole('link', { name: 'Clusters' }),
        ).toHaveLength(count),
      );
    },
  );
});
