import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp, aTenant } from '../../__fixtures__/views';
import { GetDataTab } from './GetDataTab';

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
    <GetDataTab />
  </EntityProvider>
);
const grant = {
  metadata: { name: 'tom-api-1' },
  spec: {
    client: 'api',
    environment: 'dev',
    subject: 'user:default/tom',
    expiresAt: '2999-01-01T00:00:00Z',
  },
  canRevoke: true,
};

describe('GetDataTab', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal()
      .streams(path, aDeployment())
      .streamsList('/tenants', [aTenant()])
      .answers(`GET ${path}/grants`, { items: [] });
  });

  it('shows address, parameters and columns of each function', async () => {
    await renderPage(tab, portal);
    expect(
      await screen.findByText(
        /http:\/\/gateway\.test\/v1\/rates-desk\/dev\/month-end-prices\/prices/,
      ),
    ).toBeVisible();
    const parameters = screen.getByRole('table', { name: /^Parameters of / });
    expect(within(parameters).getByText('symbols')).toBeVisible();
    expect(within(parameters).getByText('list of Symbol')).toBeVisible();
    expect(screen.getByText('Money (USD)')).toBeVisible();
  });

  it('leads to the rows in each tool, with the address of the environment', async () => {
    await renderPage(tab, portal);
    const tiles = await screen.findByRole('group', { name: 'Tools' });
    const steps = () => screen.getByRole('list', { name: /^Steps in / });
    expect(
      within(tiles).getByRole('button', { name: 'Excel', pressed: true }),
    ).toBeVisible();
    expect(
      within(steps()).getByText(
        'http://gateway.test/odata/v1/rates-desk/dev/month-end-prices/',
      ),
    ).toBeVisible();
    expect(
      within(steps()).getByRole('button', { name: /^Download the workbook/ }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/\/prices\.xlsx(\?symbols=.+)?$/),
    );
    for (const [name, text] of [
      ['Tableau', /\/odata\/v1\/rates-desk\/dev\/month-end-prices\/prices/],
      ['Google Sheets', /^const address = ".*\/prices\.json/],
      ['Power BI', /OData\.Feed\("http:\/\/gateway\.test\/odata\/v1\//],
      ['Qlik', /^LIB CONNECT TO 'month-end-prices';/],
      ['Python', /prices = pd\.read_parquet/],
      ['R', /^library\(httr2\)/],
      [
        'Agents',
        /"url": "http:\/\/gateway\.test\/mcp\/rates-desk\/dev\/month-end-prices"/,
      ],
      ['Command line', /^curl -u ":\$TOKEN" -o prices\.csv /],
    ] as const) {
      await userEvent.click(within(tiles).getByRole('button', { name }));
      expect(within(steps()).getByText(text)).toBeVisible();
    }
  });

  it.each([
    [
      'https://gateway.test',
      'https://gateway.test/excel/v1/rates-desk/manifest.xml',
    ],
    ['http://gateway.test', undefined],
  ])('offers the add-in for Excel at %s', async (baseUrl, link) => {
    await renderPage(tab, portal, '/', { gateway: { baseUrl } });
    await screen.findByRole('group', { name: 'Tools' });
    const found = screen.queryByRole('button', {
      name: /^Download the add-in/,
    });
    expect(found?.getAttribute('href')).toBe(link);
  });

  it('saves a connection file for the chosen table', async () => {
    await renderPage(tab, portal);
    const saved: { name: string; type: string }[] = [];
    let type = '';
    URL.createObjectURL = content => {
      ({ type } = content as Blob);
      return 'blob:1';
    };
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push({ name: this.download, type });
      });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Save the connection' }),
    );
    expect(saved).toEqual([{ name: 'prices.odc', type: 'text/x-ms-odc' }]);
    click.mockRestore();
  });

  it('offers the last environment first, and the others to choose', async () => {
    const app = anApp();
    const [dev] = app.status!.environments!;
    app.status!.environments!.push({ ...dev, name: 'prod' });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/\/odata\/v1\/rates-desk\/prod\//),
    ).toBeVisible();
    await userEvent.click(screen.getByLabelText('Environment'));
    await userEvent.click(await screen.findByRole('option', { name: 'dev' }));
    expect(
      await screen.findByText(/\/odata\/v1\/rates-desk\/dev\//),
    ).toBeVisible();
    expect(screen.queryByText(/\/prod\//)).toBeNull();
  });

  it('offers no tool that needs CSV when the app has none', async () => {
    const app = anApp();
    app.spec.delivery.csv = false;
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const tiles = await screen.findByRole('group', { name: 'Tools' });
    expect(
      within(tiles)
        .getAllByRole('button')
        .map(tile => tile.textContent),
    ).toEqual([
      'Excel',
      'Power BI',
      'Tableau',
      'Qlik',
      'Python',
      'Agents',
      'Command line',
    ]);
    expect(screen.queryByText('Download the workbook')).toBeNull();
  });

  it('puts a new token into the programs, and shows its first read', async () => {
    portal.answers(
      `POST ${path}/grants`,
      { grant, token: 'bwk_secret', address: 'http://gateway.test' },
      201,
    );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Power BI' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect(
      await screen.findByText('Waiting for the first read…'),
    ).toBeVisible();
    expect(portal.calls.find(({ method }) => method === 'POST')!.body).toEqual(
      expect.objectContaining({ client: 'powerbi', environment: 'dev' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Command line' }));
    expect(screen.getByText(/^curl -u ":bwk_secret" /)).toBeVisible();
    const used = { calls: 2, lastUsed: new Date().toISOString() };
    portal.answers(`GET ${path}/grants`, {
      items: [{ ...grant, status: used }],
    });
    expect(
      await screen.findByText(/^It works: 2 calls, last used/, undefined, {
        timeout: 8_000,
      }),
    ).toBeVisible();
  });

  it('offers no token to people outside the tenant', async () => {
    portal.streams(
      path,
      aDeployment({ app: anApp({ canCreateToken: false }) }),
    );
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^Only members of the tenant can create tokens/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create token' })).toBeNull();
  });

  it.each([
    ['/#prices.close', ['prices']],
    ['/#absent', []],
    ['/', []],
  ])('scrolls at %s to the cards %j', async (at, names) => {
    const scrolled: string[] = [];
    const scroll = jest.fn(function remember(this: Element) {
      scrolled.push(this.textContent ?? '');
    });
    Element.prototype.scrollIntoView = scroll;
    try {
      await renderPage(tab, portal, at);
      await screen.findByRole('table', { name: /^Columns of / });
      expect(scrolled).toEqual(
        names.map(name => expect.stringMatching(new RegExp(`^${name}`))),
      );
    } finally {
      delete (Element.prototype as Partial<Element>).scrollIntoView;
    }
  });

  it('reports that the portal has no gateway, and offers no token for reading', async () => {
    await renderPage(tab, portal, '/', {});
    expect(await screen.findByText('No gateway')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create token' })).toBeNull();
    expect(screen.queryByText(/curl/)).toBeNull();
  });

  it('links to files of tables without required parameters, in the formats of the app', async () => {
    const app = anApp();
    app.spec.delivery.csv = false;
    const [{ contract }] = app.status!.environments!;
    const [prices] = contract!.functions;
    contract!.functions = [
      { ...prices, parameters: { type: 'object', properties: {} } },
      {
        ...prices,
        name: 'quotes',
        parameters: {
          type: 'object',
          properties: { symbol: { type: 'string' } },
          required: ['symbol'],
        },
      },
    ];
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const links = await screen.findAllByRole('button', { name: / file of / });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      'http://gateway.test/v1/rates-desk/dev/month-end-prices/prices.parquet',
    ]);
    expect(links[0]).toHaveAccessibleName(/^Parquet file of prices/);
  });

  it('explains how to follow a stream, only for streams', async () => {
    const app = anApp();
    const [{ contract }] = app.status!.environments!;
    const [prices] = contract!.functions;
    const result = { ...prices.result, kind: 'stream' as const };
    contract!.functions.push({ ...prices, name: 'ticks', result });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const commands = await screen.findAllByText(/text\/event-stream/);
    expect(commands.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^curl -N .*\/month-end-prices\/ticks/),
    ]);
  });

  it('reports that there is nothing to read yet', async () => {
    const app = anApp({ status: undefined });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(await screen.findByText('Nothing to read yet')).toBeVisible();
  });

  it('creates a token, shows it once, and lists it', async () => {
    portal.answers(
      `POST ${path}/grants`,
      { grant, token: 'bwk_secret', address: 'http://gateway.test' },
      201,
    );
    await renderPage(tab, portal);
    expect(await screen.findByText('No tokens yet.')).toBeVisible();
    portal.answers(`GET ${path}/grants`, { items: [grant] });
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('bwk_secret')).toBeVisible();
    expect(await screen.findByText('tom')).toBeVisible();
    expect(portal.calls.find(({ method }) => method === 'POST')!.body).toEqual(
      expect.objectContaining({ client: 'excel', environment: 'dev' }),
    );
  });

  it('revokes a token', async () => {
    portal
      .answers(`GET ${path}/grants`, { items: [grant] })
      .answers(`DELETE ${path}/grants/tom-api-1`, {});
    await renderPage(tab, portal);
    const revoke = await screen.findByRole('button', {
      name: 'Revoke the token tom-api-1',
    });
    portal.answers(`GET ${path}/grants`, { items: [] });
    await userEvent.click(revoke);
    expect(await screen.findByText('No tokens yet.')).toBeVisible();
  });

  it('offers to revoke only tokens that the reader can revoke', async () => {
    const other = {
      ...grant,
      metadata: { name: 'rita-api-1' },
      canRevoke: false,
    };
    portal.answers(`GET ${path}/grants`, { items: [grant, other] });
    await renderPage(tab, portal);
    const list = await screen.findByRole('list', { name: 'Tokens' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(
      within(list)
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label')),
    ).toEqual(['Revoke the token tom-api-1']);
  });

  it('loads the tokens again after an error', async () => {
    portal.answers(`GET ${path}/grants`, 'The cluster is unreachable.', 503);
    await renderPage(tab, portal);
    expect(await screen.findByText('Tokens can’t be loaded')).toBeVisible();
    expect(screen.getByText('The cluster is unreachable.')).toBeVisible();
    portal.answers(`GET ${path}/grants`, { items: [grant] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('tom')).toBeVisible();
    expect(screen.queryByText('Tokens can’t be loaded')).toBeNull();
  });

  it('keeps the listed tokens when a later load fails', async () => {
    portal
      .answers(`GET ${path}/grants`, { items: [grant] })
      .answers(
        `POST ${path}/grants`,
        { grant, token: 'bwk_secret', address: 'http://gateway.test' },
        201,
      );
    await renderPage(tab, portal);
    expect(await screen.findByText('tom')).toBeVisible();
    portal.answers(`GET ${path}/grants`, 'The cluster is unreachable.', 503);
    const loads = () =>
      portal.calls.filter(({ path: of }) => of === `${path}/grants`).length;
    const before = loads();
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('bwk_secret')).toBeVisible();
    // The creation, and the list that includes it.
    await waitFor(() => expect(loads()).toBeGreaterThanOrEqual(before + 2));
    expect(screen.getByText('tom')).toBeVisible();
    expect(screen.queryByText('Tokens can’t be loaded')).toBeNull();
  });

  it('lists a new git token with its lifetime, and revokes it', async () => {
    const git = {
      metadata: { name: 'bea-git-1' },
      spec: {
        client: 'git',
        subject: 'user:default/bea',
        expiresAt: '2999-01-01T12:00:00Z',
      },
      canRevoke: true,
    };
    portal
      .answers(
        `POST ${path}/grants`,
        { grant: git, token: 'bwk_git', address: 'http://portal.test/x.git' },
        201,
      )
      .answers(`DELETE ${path}/grants/bea-git-1`, {});
    await renderPage(tab, portal);
    const make = await screen.findByRole('button', {
      name: 'Create git token',
    });
    portal.answers(`GET ${path}/grants`, { items: [git] });
    await userEvent.click(make);
    expect(await screen.findByText(/expires on 1 January 2999/)).toBeVisible();
    expect(await screen.findByText(/git access/)).toBeVisible();
    expect(screen.queryByText(/never used/)).toBeNull();

    portal.answers(`GET ${path}/grants`, { items: [] });
    await userEvent.click(screen.getByRole('button', { name: /Revoke/ }));
    expect(await screen.findByText('No tokens yet.')).toBeVisible();
    expect(screen.queryByText('bwk_git')).toBeNull();
  });

  it('shows why no token was created', async () => {
    portal.answers(
      `POST ${path}/grants`,
      'You can grant access only to yourself',
      403,
    );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create token' }),
    );
    expect(
      await screen.findByText('You can grant access only to yourself'),
    ).toBeVisible();
  });

  it('offers a git token to builders only', async () => {
    await renderPage(tab, portal);
    const name = 'Create git token';
    expect(await screen.findByRole('button', { name })).toBeVisible();
    portal.send(path, aDeployment({ app: anApp({ canBuild: false }) }));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name })).toBeNull(),
    );
    expect(
      screen.getByText('Only builders and owners of Rates desk can change it.'),
    ).toBeVisible();
  });
});
