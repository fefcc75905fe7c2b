import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AppAddressStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { aPortal, path, tab } from './__testUtils__/getDataTab';

const rights = `GET ${path}/environments/dev/rights`;
const change = `${path}/environments/dev/address`;
const url = 'https://prices.dev.rates.apps.example.com';

/** The app with an address of its own. */
function withAddress(address: AppAddressStatus) {
  const app = anApp();
  app.spec.environments[0].address = true;
  app.status!.environments![0].address = address;
  return app;
}

describe('AddressCard', () => {
  let portal: FakePortal;
  const may = (operate: { refusal?: string } = {}, hasAddresses = true) =>
    portal.answers(rights, { hasAddresses, operate, terminal: {} });
  const show = async (app = anApp()) => {
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    await screen.findByText('Get data');
  };
  const asked = () =>
    portal.calls.filter(call => call.path === change).map(({ body }) => body);

  beforeEach(() => {
    portal = aPortal();
  });

  it('is absent where the cluster gives no addresses', async () => {
    may({}, false);
    await show();
    expect(screen.queryByText('Own address')).toBeNull();
  });

  it('creates an address', async () => {
    may().answers(`POST ${change}`, anApp());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create address' }),
    );
    await waitFor(() => expect(asked()).toEqual([{ address: true }]));
  });

  it('shows why there is none yet', async () => {
    may({}, false);
    await show(
      withAddress({ problem: 'The host name belongs to another app.' }),
    );
    expect(
      await screen.findByText('The host name belongs to another app.'),
    ).toBeVisible();
  });

  it('is used in the steps of tools and removed after a confirmation', async () => {
    may().answers(`POST ${change}`, anApp());
    await show(withAddress({ url }));
    await userEvent.click(screen.getByRole('button', { name: 'Command line' }));
    expect(
      (await screen.findAllByText(new RegExp(`${url}/prices`)))[0],
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove address…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove address' }),
    );
    await waitFor(() => expect(asked()).toEqual([{ address: false }]));
  });

  it('explains why it cannot be removed if permissions cannot be loaded', async () => {
    portal.answers(rights, 'The cluster does not answer.', 503);
    await show(withAddress({ url }));
    expect(
      await screen.findByText(/^Can’t load your permissions: /),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Remove address…' }),
    ).toBeDisabled();
  });

  it('explains who can change the address', async () => {
    may({ refusal: 'Only builders and owners of the tenant can do this' });
    await show();
    expect(
      await screen.findByRole('button', { name: 'Create address' }),
    ).toBeDisabled();
    expect(
      screen.getByText('Only builders and owners of the tenant can do this'),
    ).toBeVisible();
  });
});
