import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppCard } from './AppCard';

const path = '/tenants/rates-desk/apps/month-end-prices';
const card = (
  <EntityProvider entity={appEntity}>
    <AppCard />
  </EntityProvider>
);

describe('AppCard', () => {
  it('says how the app is, and leads to what one does with it', async () => {
    const portal = new FakePortal().streams(path, aDeployment());
    await renderPage(card, portal);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('One of one pod answers.')).toBeVisible();
    expect(screen.getByText('draft, commit 3f9c1e2a')).toBeVisible();
    const page = '/catalog/rates-desk/component/month-end-prices';
    for (const [name, tab] of [
      ['Use it', 'use-it'],
      ['Follow it', 'deploy'],
    ]) {
      expect(screen.getByRole('button', { name })).toHaveAttribute(
        'href',
        `${page}/${tab}`,
      );
    }
  });

  it('says of a new app that nobody looked at it yet', async () => {
    const app = anApp({ status: undefined });
    const portal = new FakePortal().streams(path, aDeployment({ app }));
    await renderPage(card, portal);
    expect(await screen.findByText('Unknown')).toBeVisible();
    expect(screen.getByText(/has not looked at it yet/)).toBeVisible();
  });
});
