import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp, aTenant } from '../../__fixtures__/views';
import { aPortal, grant, path, tab } from './__testUtils__/getDataTab';

describe('GetDataTab', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = aPortal();
  });

  it('leads to the rows in each tool, with the address of the environment', async () => {
    await renderPage(tab, portal);
    const tiles = await screen.findByRole('group', { name: 'Tools' });
    // With the other ways.
    const steps = () =>
      screen.getByRole('list', { name: /^Steps in / }).parentElement!;
    expect(
      within(tiles).getByRole('button', { name: 'Excel', pressed: true }),
    ).toBeVisible();
    expect(
      within(steps()).getByText(
        'http://gateway.test/odata/v1/rates-desk/dev/month-end-prices/',
      ),
    ).toBeVisible();
    expect(
      within(steps()).getByRole('button', { name: 'Download the workbook' }),
    ).toBeEnabled();
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

  it('shows how calculations of Tableau call a function with a single value', async () => {
    const app = anApp();
    app.status!.environments![0].contract!.functions.push({
      name: 'spread',
      parameters: {
        type: 'object',
        properties: {
          values: { type: 'array', items: { type: 'number' } },
          market: { type: 'string' },
          days: { type: 'integer', default: 30 },
        },
        required: ['values', 'market'],
      },
      result: { kind: 'value', schema: { type: 'number' } },
    });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Tableau' }),
    );
    const steps = screen.getByRole('list', { name: 'Other ways in Tableau' });
    expect(within(steps).getByText(/Enter the port 80\./)).toBeVisible();
    expect(within(steps).getByText('gateway.test')).toBeVisible();
    expect(
      within(steps).getByText(
        'SCRIPT_REAL("/spread", SUM([values]), ATTR([market]))',
      ),
    ).toBeVisible();
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
    const lastFailure = {
      at: new Date().toISOString(),
      status: 404,
      type: 'not-found',
      agent: 'PowerBI/2.1',
    };
    portal.answers(`GET ${path}/grants`, {
      items: [{ ...grant, status: { lastFailure } }],
    });
    expect(
      await screen.findByText(
        /^An attempt failed with status 404, from PowerBI\/2\.1\. The app, environment or function in the address does not exist/,
        undefined,
        { timeout: 8_000 },
      ),
    ).toBeVisible();
    const used = { calls: 2, lastUsed: new Date().toISOString(), lastFailure };
    portal.answers(`GET ${path}/grants`, {
      items: [{ ...grant, status: used }],
    });
    expect(
      await screen.findByText(
        /^The token works: 2 calls, last used/,
        undefined,
        {
          timeout: 8_000,
        },
      ),
    ).toBeVisible();
  });

  it('shows owners the readers, their tools, and functions that nobody reads', async () => {
    const read = {
      environment: 'dev',
      fn: 'means',
      subject: 'user:default/tom',
      client: 'excel',
      calls: 12,
      failed: 2,
      lastAt: new Date().toISOString(),
    };
    portal.streamsList('/tenants', [aTenant({ myRole: 'owner' })]);
    portal.answers(`GET ${path}/readers`, {
      items: [read, { ...read, client: 'api', failed: 0 }],
      since: '2026-11-20T08:00:00Z',
      notes: ['A gateway does not respond'],
    });
    await renderPage(tab, portal);
    const table = await screen.findByRole('table', { name: 'readers' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /tomExcelmeans in dev12 \(2 rejected or failed\)/,
    );
    expect(second).toHaveTextContent(/Programsmeans in dev12/);
    expect(
      screen.getByText(/1 function without reads: prices in dev\.$/),
    ).toBeVisible();
    expect(screen.getByText('A gateway does not respond')).toBeVisible();
  });

  it('does not ask for the readers if the reader is no owner', async () => {
    await renderPage(tab, portal);
    await screen.findByText('No tokens yet.');
    expect(screen.queryByText('Readers')).toBeNull();
    expect(portal.calls.map(call => call.path)).not.toContain(
      `${path}/readers`,
    );
  });

  it('keeps a token for other functions out of the snippets', async () => {
    const limited = { ...grant, spec: { ...grant.spec, functions: ['other'] } };
    portal
      .answers(`GET ${path}/grants`, { items: [limited] })
      .answers(
        `POST ${path}/grants`,
        { grant: limited, token: 'bwk_secret', address: 'http://gateway.test' },
        201,
      );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Command line' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('bwk_secret')).toBeVisible();
    expect(screen.queryByText(/bwk_secret.* -o /)).toBeNull();
    expect(screen.getByText(/^curl -u .* -o /)).toBeVisible();
  });

  it('tells people outside the tenant how to get access', async () => {
    portal
      .answers(`GET ${path}?watch=true`, 'Not found', 404)
      .streamsList('/requests', [])
      .streams(`${path}/access`, { accesses: [], environments: ['prod'] });
    await renderPage(tab, portal);
    expect(
      await screen.findByRole('button', { name: 'Request access' }),
    ).toBeVisible();
    expect(
      screen.getByText(/^You need access to read this app’s data/),
    ).toBeVisible();
    expect(screen.queryByText(/^Only members/)).toBeNull();
  });

  it('shows people with granted access the environments and functions of it', async () => {
    const { metadata, spec, status, tenant } = anApp();
    const [{ contract, name }] = status!.environments!;
    const functions = contract!.functions.slice(0, 1);
    portal
      .answers(`GET ${path}?watch=true`, 'Not found', 404)
      .streamsList('/requests', [])
      .streams(`${path}/access`, {
        accesses: [
          {
            request: 'granted',
            user: 'user:default/eve',
            app: metadata.name,
            environment: name,
            expiresAt: '2030-01-31T00:00:00Z',
          },
        ],
        environments: [name],
        readable: {
          tenant,
          metadata: { name: metadata.name },
          spec: { delivery: spec.delivery },
          status: { environments: [{ name, contract: { functions } }] },
          canCreateToken: true,
        },
      });
    await renderPage(tab, portal);
    expect(
      await screen.findByText(new RegExp(`^Access to ${name} until`)),
    ).toBeVisible();
    for (const button of ['Excel', 'Create token'])
      expect(screen.getByRole('button', { name: button })).toBeVisible();
    expect(
      screen.getByRole('button', { name: `Preview ${functions[0].name}` }),
    ).toBeVisible();
    expect(screen.queryByText('Edit code')).toBeNull();
    expect(screen.queryByText('Readers')).toBeNull();
  });

  it('names the user for tools that need one', async () => {
    portal.answers('GET /me', { user: 'user:default/tom', groups: [] });
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Tableau' }),
    );
    expect(
      await screen.findByText(
        /Enter tom as the user name, and the token as the password\.$/,
      ),
    ).toBeVisible();
  });

  it('offers no token or preview to people outside the tenant, and describes the parameters', async () => {
    portal.streams(
      path,
      aDeployment({ app: anApp({ canCreateToken: false }) }),
    );
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^Only members of the tenant can create tokens/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create token' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Preview / })).toBeNull();
    const parameters = screen.getByRole('table', { name: /^Parameters of / });
    expect(within(parameters).getByText('symbols')).toBeVisible();
    expect(within(parameters).getByText('list of Symbol')).toBeVisible();
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
});
