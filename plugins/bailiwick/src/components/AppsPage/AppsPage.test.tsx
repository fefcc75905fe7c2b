import { screen, waitFor } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { anApp, aTenant } from '../../__fixtures__/views';
import { AppsPage } from './AppsPage';
import { AppsRoutes } from './AppsRoutes';

describe('AppsPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().streams('/cluster', {
      ready: true,
      message: '',
      steps: [],
    });
  });

  it('leads to the templates when there is no app', async () => {
    portal.streamsList('/apps', []);
    await renderPage(<AppsPage />, portal);
    expect(await screen.findByText('No app yet')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Pick a template' }),
    ).toHaveAttribute('href', '/create');
  });

  it('leads somebody without a tenant to the request of one', async () => {
    portal.streamsList('/apps', []).streamsList('/tenants', []);
    await renderPage(<AppsPage />, portal);
    expect(
      await screen.findByRole('button', { name: 'Request a tenant' }),
    ).toHaveAttribute('href', '/tenants/-/new');
  });

  it('says to a viewer why templates are not offered', async () => {
    portal
      .streamsList('/apps', [anApp({ mayBuild: false })])
      .streamsList('/tenants', [aTenant({ myRole: 'viewer' })]);
    await renderPage(<AppsPage />, portal);
    const button = await screen.findByRole('button', {
      name: 'Pick a template',
    });
    await waitFor(() => expect(button).toBeDisabled());
    expect(button).toHaveAccessibleDescription(
      /Builders and owners make apps;/,
    );
  });

  it('leads back from the address of no app', async () => {
    await renderPage(<AppsRoutes />, portal, '/nothing');
    expect(await screen.findByText('There is no such app')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'See your apps' }),
    ).toHaveAttribute('href', '/apps');
  });

  it('shows the health of apps with its reason, live', async () => {
    portal.streamsList('/apps', [anApp()]);
    await renderPage(<AppsPage />, portal);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('One of one pod answers.')).toBeVisible();
    expect(screen.getByText('Live')).toBeVisible();

    const app = anApp();
    app.status!.health = 'Failed';
    app.status!.environments![0].why = 'The code does not load.';
    portal.send('/apps', { type: 'changed', item: app });
    expect(await screen.findByText('Failed')).toBeVisible();
    expect(screen.getByText('The code does not load.')).toBeVisible();
  });

  it('says of a new app that nobody looked at it yet', async () => {
    portal.streamsList('/apps', [anApp({ status: undefined })]);
    await renderPage(<AppsPage />, portal);
    expect(await screen.findByText('Unknown')).toBeVisible();
    expect(screen.getByText(/has not looked at it yet/)).toBeVisible();
  });

  it('says when it cannot be shown', async () => {
    portal.answers('GET /apps?watch=true', 'no', 403);
    await renderPage(<AppsPage />, portal);
    expect(await screen.findByText('The apps cannot be shown')).toBeVisible();
  });

  it('keeps what it shows when the connection breaks', async () => {
    portal.streamsList('/apps', [anApp()]);
    await renderPage(<AppsPage />, portal);
    await screen.findByText('Month-end prices');
    portal.answers('GET /apps?watch=true', 'starting', 503);
    portal.cut('/apps');
    await waitFor(() => expect(screen.getByText(/^Not live/)).toBeVisible());
    expect(screen.getByText('Month-end prices')).toBeVisible();
  });
});
