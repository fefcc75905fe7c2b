import { screen } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { FleetRoutes } from './FleetRoutes';

describe('FleetRoutes', () => {
  it('leads back from the address of no app', async () => {
    await renderPage(<FleetRoutes />, new FakePortal(), '/nothing');
    expect(await screen.findByText('App not found')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'View your apps' }),
    ).toHaveAttribute('href', '/apps');
  });
});
