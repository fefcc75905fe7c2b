import { screen } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aTenant } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { HomeTenants } from './HomeTenants';

describe('HomeTenants', () => {
  it('names the resource that a tenant uses most', async () => {
    const none = { cpu: '0', memory: '0', storage: '0', pods: 0 };
    const tenant = aTenant({
      status: {
        environments: [
          {
            name: 'dev',
            namespace: 'rates-desk--dev',
            ready: true,
            used: { ...none, apps: 1 },
            limit: {
              cpu: '2',
              memory: '4Gi',
              storage: '20Gi',
              pods: 20,
              apps: 2,
            },
          },
        ],
      },
    });
    await renderPage(<HomeTenants tenants={[tenant]} />, new FakePortal());
    expect(
      await screen.findByText('2 members · highest usage: 50% (Apps)', {
        normalizer: text => text,
      }),
    ).toBeVisible();
  });
});
