import { EntityProvider } from '@backstage/plugin-catalog-react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp, aRequest } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { ApiCard } from './ApiCard';

const path = '/tenants/rates-desk/apps/month-end-prices';
const render = (
  app = anApp(),
  portal = new FakePortal().streams(path, aDeployment({ app })),
) =>
  renderPage(
    <EntityProvider entity={{ ...appEntity, kind: 'API' }}>
      <ApiCard />
    </EntityProvider>,
    portal,
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
  ])('reports with %d ready pods: %s', async (ready, answer) => {
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

  it('shows the app’s own address', async () => {
    const app = anApp();
    const url = 'https://prices.dev.rates.apps.example.com';
    app.status!.environments![0].address = { url };
    await render(app);
    expect(await screen.findByText(url)).toBeVisible();
  });

  it('reports an unknown state if the cluster is unreachable', async () => {
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

  it('reports that nothing serves it', async () => {
    await render(anApp({ status: undefined }));
    expect(
      await screen.findByText('Not available in any environment'),
    ).toBeVisible();
  });

  it('names the owner to people without access', async () => {
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
  });

  describe('for people without membership', () => {
    const access = {
      request: 'granted',
      user: 'user:default/eve',
      app: 'month-end-prices',
      environment: 'dev',
      expiresAt: '2030-01-31T00:00:00Z',
    };
    const portalWith = (accesses: object[], requests: object[] = []) =>
      new FakePortal()
        .answers(`GET ${path}?watch=true`, 'not found', 404)
        .streamsList('/requests', requests)
        .streams(`${path}/access`, { environments: ['dev'], accesses });

    it('requests access to an environment with duration and purpose', async () => {
      const portal = portalWith([]).answers(`POST ${path}/access`, {}, 201);
      await render(anApp(), portal);
      fireEvent.click(
        await screen.findByRole('button', { name: 'Request access' }),
      );
      const dialog = within(
        await screen.findByRole('dialog', {
          name: /^Request access to Month-end prices$/,
        }),
      );
      const send = dialog.getByRole('button', { name: 'Send request' });
      expect(send).toBeDisabled();
      fireEvent.change(dialog.getByLabelText(/Reason/), {
        target: { value: 'A report.' },
      });
      fireEvent.click(send);
      await waitFor(() =>
        expect(portal.calls).toContainEqual({
          method: 'POST',
          path: `${path}/access`,
          body: { environment: 'dev', days: 90, reason: 'A report.' },
        }),
      );
    });

    it('shows a pending request with its approvers, and no button for the same', async () => {
      const pending = aRequest({
        mine: true,
        canDecide: false,
        spec: {
          ...aRequest().spec,
          action: 'grantAccess',
          target: {
            kind: 'App',
            name: 'month-end-prices',
            namespace: 'rates-desk--home',
          },
          proposed: { environment: 'dev' },
        },
        status: {
          phase: 'Open',
          conditions: [
            {
              type: 'Decided',
              status: 'False',
              reason: 'WaitsForPerson',
              message: 'Pending approval by group:default/rates',
              lastTransitionTime: '2026-11-20T08:00:00Z',
            },
          ],
        },
      });
      await render(anApp(), portalWith([], [pending]));
      expect(
        await screen.findByText(/^Access to dev requested/),
      ).toHaveTextContent(/Pending approval by rates or the platform team$/);
      expect(screen.getByRole('button', { name: 'Withdraw' })).toBeVisible();
      expect(
        screen.queryByRole('button', { name: 'Request access' }),
      ).toBeNull();
    });

    it('shows until when granted access lasts', async () => {
      await render(anApp(), portalWith([access]));
      expect(await screen.findByText(/Access to dev until/)).toHaveTextContent(
        '2030',
      );
      expect(
        screen.queryByRole('button', { name: 'Request access' }),
      ).toBeNull();
    });
  });
});
