import { fireEvent, screen, waitFor } from '@testing-library/react';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { renderPage } from '../../../__testUtils__/renderPage';
import { anApp } from '../../../__fixtures__/views';
import { AccessList } from './AccessList';

const access = {
  request: 'granted',
  user: 'user:default/eve',
  app: 'prices',
  environment: 'dev',
  functions: ['mean'],
  expiresAt: '2030-01-31T00:00:00Z',
};

describe('AccessList', () => {
  it('lets owners revoke access after a confirmation', async () => {
    const portal = new FakePortal().answers(
      'POST /requests/granted/revocation',
      {},
    );
    const apps = [anApp({ metadata: { name: 'prices' } })];
    await renderPage(
      <AccessList apps={apps} accesses={[access]} mayRevoke />,
      portal,
    );
    expect(screen.getByText('Month-end prices in dev: mean')).toBeVisible();
    fireEvent.click(
      screen.getByRole('button', {
        name: 'Revoke the access of user:default/eve to Month-end prices',
      }),
    );
    expect(portal.calls.filter(({ method }) => method === 'POST')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Revoke access' }));
    await waitFor(() =>
      expect(portal.calls).toContainEqual(
        expect.objectContaining({
          method: 'POST',
          path: '/requests/granted/revocation',
        }),
      ),
    );
  });

  it('only lists it for other members, and shows nothing without any', async () => {
    const { unmount } = await renderPage(
      <AccessList apps={[]} accesses={[access]} mayRevoke={false} />,
      new FakePortal(),
    );
    expect(screen.getByText('prices in dev: mean')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
    unmount();
    await renderPage(
      <AccessList apps={[]} accesses={[]} mayRevoke />,
      new FakePortal(),
    );
    expect(screen.queryByText('Access without membership')).toBeNull();
  });
});
