import {
  EntityProvider,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppPartHeader } from './AppPartHeader';

const owner = { type: 'ownedBy', targetRef: 'group:default/rates' };
const system = {
  type: 'partOf',
  targetRef: 'system:rates-desk/month-end-prices',
};

const show = (kind: string, relations: (typeof owner)[]) =>
  renderPage(
    <TestApiProvider
      apis={[[starredEntitiesApiRef, new MockStarredEntitiesApi()]]}
    >
      <EntityProvider entity={{ ...appEntity, kind, relations }}>
        <AppPartHeader activeTabId="/" />
      </EntityProvider>
    </TestApiProvider>,
    new FakePortal(),
  );

describe('AppPartHeader', () => {
  it('leads from an API to tenant, owner and system', async () => {
    await show('API', [owner, system]);
    expect(
      screen.getByRole('heading', { name: 'Month-end prices' }),
    ).toBeVisible();
    expect(screen.getByText('API')).toBeVisible();
    const links = screen
      .getAllByRole('link')
      .map(link => link.getAttribute('href'));
    expect(links).toEqual([
      '/catalog/default/domain/rates-desk',
      '/catalog/default/group/rates',
      '/catalog/rates-desk/system/month-end-prices',
    ]);
  });

  it('shows no system in the header of a system', async () => {
    await show('System', [
      owner,
      { type: 'partOf', targetRef: 'domain:default/rates-desk' },
    ]);
    expect(screen.getByText('System')).toBeVisible();
    expect(screen.getAllByRole('link')).toHaveLength(2);
  });
});
