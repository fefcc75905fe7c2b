import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { ApiCard } from './ApiCard';

const path = '/tenants/rates-desk/apps/month-end-prices';
const render = (
  app = anApp(),
  portal = new FakePortal().streams(path, aDeployment({ app })),
  at?: string,
) =>
  renderPage(
    <EntityProvider entity={{ ...appEntity, kind: 'API' }}>
      <ApiCard />
    </EntityProvider>,
    portal,
    at,
  );
const withPods = (ready: number) => {
  const app = anApp();
  const environments = app.status!.environments!.map(one => ({
    ...one,
    pods: { ready, desired: 1 },
  }));
  return { ...app, status: { environments } };
};

describe('ApiCard', () => {
  it.each([
    [1, 'Yes'],
    [0, 'No'],
  ])('says with %d pods that take calls: %s', async (ready, answer) => {
    await render(withPods(ready));
    expect(await screen.findByText(answer)).toBeVisible();
    expect(
      screen.getByText(
        'http://gateway.test/v1/rates-desk/dev/month-end-prices',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Month-end prices' }),
    ).toHaveAttribute('href', '/catalog/rates-desk/component/month-end-prices');
  });

  it('does not know of an environment whose cluster is away', async () => {
    const app = withPods(1);
    const why = 'The cluster far does not answer.';
    const stale = { since: '2026-11-20T08:00:00Z', why };
    const environments = app.status.environments.map(one => ({
      ...one,
      stale,
    }));
    await render({ ...app, status: { environments } });
    expect(await screen.findByText('Unknown')).toBeVisible();
    expect(screen.getByText(/The cluster far does not answer/)).toBeVisible();
    expect(screen.queryByText('Yes')).toBeNull();
  });

  it('says when nothing serves it', async () => {
    await render(anApp({ status: undefined }));
    expect(
      await screen.findByText('Not available in any environment'),
    ).toBeVisible();
  });

  it('leads readers to the data of the function in its address', async () => {
    await render(anApp(), undefined, '/#prices.close');
    expect(
      await screen.findByRole('button', { name: 'Get data' }),
    ).toHaveAttribute(
      'href',
      '/catalog/rates-desk/component/month-end-prices/use-it#prices.close',
    );
  });

  it('names the owner to people without access, and offers them no data', async () => {
    const refusing = new FakePortal().answers(
      `GET ${path}?watch=true`,
      'not found',
      404,
    );
    await render(anApp(), refusing);
    expect(
      await screen.findByText(/To read its data, ask the owner/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: /rates/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/rates',
    );
    expect(screen.queryByRole('button', { name: 'Get data' })).toBeNull();
  });
});
