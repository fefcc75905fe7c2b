import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { DeployTab } from '../DeployTab';

const path = '/tenants/rates-desk/apps/month-end-prices';
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'month-end-prices',
    annotations: {
      'bailiwick.dev/tenant': 'rates-desk',
      'bailiwick.dev/app': 'month-end-prices',
    },
  },
};
const tab = (
  <EntityProvider entity={entity}>
    <DeployTab />
  </EntityProvider>
);

describe('EnvironmentPanel', () => {
  it('shows when a canary gets all calls, and warns after its rollback', async () => {
    const why = 'The canary r2 gets 10% of the calls; 0 of 4 failed.';
    const canary = {
      release: 'prices-r2',
      phase: 'Running' as const,
      percent: 10,
      startedAt: '2026-11-20T08:00:00Z',
      endsAt: new Date(Date.now() + 180 * 60_000).toISOString(),
      calls: 4,
      failed: 0,
      why,
    };
    const portal = new FakePortal().streams(`${path}/calls`, { calls: {} });
    const app = anApp();
    const show = (state: Partial<AppEnvironmentStatus>) => {
      Object.assign(app.status!.environments![0], state);
      portal.streams(path, aDeployment({ app }));
    };
    show({ why, canary });
    const { unmount } = await renderPage(tab, portal);
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.getByText(/^The canary ends/)).toHaveTextContent(
      'The canary ends in 3 hours. Without problems, its release then gets all calls.',
    );
    unmount();
    const rolledBack = 'Release r2 was rolled back: 3 of 9 calls failed.';
    show({ why: rolledBack, canary: { ...canary, phase: 'RolledBack' } });
    await renderPage(tab, portal);
    expect(await screen.findByText(rolledBack)).toBeVisible();
    expect(screen.queryByText(/^The canary ends/)).toBeNull();
  });

  it.each([
    ['prices-r2', 'Deployed by Bea: Canary'],
    ['prices-r1', 'r2 deployed by Bea: Canary'],
  ])('says why r2 was deployed while %s runs', async (running, words) => {
    const portal = new FakePortal().streams(`${path}/calls`, { calls: {} });
    const app = anApp();
    Object.assign(app.spec.environments[0], {
      release: 'prices-r2',
      revision: undefined,
      because: { by: 'user:default/bea', reason: 'Canary' },
    });
    Object.assign(app.status!.environments![0], { release: running });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const label = await screen.findByText(/deployed by/i);
    expect(label.textContent).toMatch(
      new RegExp(`^${words.replace('Bea', '.*bea.*')}$`, 'i'),
    );
  });
});
