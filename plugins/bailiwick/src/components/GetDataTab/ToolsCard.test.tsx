import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { aPortal, grant, path, tab } from './__testUtils__/getDataTab';

describe('ToolsCard', () => {
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
      ['Google Sheets', /^\/\/ To read further tables of month-end-prices/],
      ['Power BI', /OData\.Feed\("http:\/\/gateway\.test\/odata\/v1\//],
      ['Qlik', /^LIB CONNECT TO 'month-end-prices-prices';/],
      ['Python', /prices = pd\.read_parquet/],
      ['R', /^library\(httr2\)/],
      [
        'Agents',
        /"url": "http:\/\/gateway\.test\/mcp\/rates-desk\/dev\/month-end-prices"/,
      ],
      ['Command line', /^curl --fail -u ":YOUR_TOKEN" -o prices\.csv "/],
    ] as const) {
      await userEvent.click(within(tiles).getByRole('button', { name }));
      expect(within(steps()).getByText(text)).toBeVisible();
    }
  });

  it('leads to the part of the guide about the tool', async () => {
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Power BI' }),
    );
    expect(
      screen.getByRole('link', { name: 'Read more in the guide' }),
    ).toHaveAttribute('href', '/docs/connect#power-bi');
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

  it('creates a token for each tool, puts it into the programs, and shows its last read', async () => {
    const tokenFor = (client: string) => ({
      ...grant,
      metadata: { name: `tom-${client}-1` },
      spec: { ...grant.spec, client },
    });
    const create = async (client: string) => {
      portal.answers(
        `POST ${path}/grants`,
        { grant: tokenFor(client), token: `bwk_${client}`, address: '' },
        201,
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Create token' }),
      );
      expect(await screen.findByText(`bwk_${client}`)).toBeVisible();
      expect(
        portal.calls.filter(({ method }) => method === 'POST').at(-1)!.body,
      ).toMatchObject({ client, environment: 'dev' });
    };
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Power BI' }),
    );
    await create('powerbi');
    expect(screen.getByText('Waiting for the first read…')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Command line' }));
    expect(screen.queryByText('bwk_powerbi')).toBeNull();
    expect(screen.getByText(/^curl --fail -u ":YOUR_TOKEN" /)).toBeVisible();
    await create('api');
    expect(screen.getByText(/^curl --fail -u ":bwk_api" /)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Power BI' }));
    expect(screen.getByText('bwk_powerbi')).toBeVisible();

    const answers = (status: object) =>
      portal.answers(`GET ${path}/grants`, {
        items: [{ ...tokenFor('powerbi'), status }],
      });
    const says = async (text: RegExp) => {
      const timeout = { timeout: 8_000 };
      expect(await screen.findByText(text, undefined, timeout)).toBeVisible();
    };
    const agent = 'Microsoft.Data.Mashup';
    const connected = { at: '2026-11-20T08:00:00.000Z', agent };
    answers({ lastRead: connected });
    await says(/^Power BI connected\. Now choose what to load\.$/);
    const lastFailure = {
      at: '2026-11-20T08:00:01.000Z',
      status: 400,
      type: 'invalid-parameter',
      fn: 'prices',
      parameter: 'symbols',
      agent,
    };
    answers({ lastRead: connected, lastFailure });
    await says(
      /^Power BI got an error: status 400 \(prices, parameter symbols\)\. A parameter is unknown/,
    );
    const at = '2026-11-20T08:00:02.000Z';
    const lastRead = { at, fn: 'prices', rows: 24, agent };
    answers({ calls: 2, lastRead, lastFailure });
    await says(/^Power BI read prices: 24 rows in the last response\.$/);
    expect(screen.getByText(/; 2 calls with this token so far$/)).toBeVisible();
    portal.answers(`GET ${path}/grants`, { items: [] });
    await says(/^This token was revoked\.$/);
  }, 40_000);

  it('tells readers that they have a token for the tool', async () => {
    portal
      .answers('GET /me', { user: 'user:default/tom' })
      .answers(`GET ${path}/grants`, { items: [grant] });
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^You already have a token for Excel\. It was/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Create another token' }),
    ).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: 'Power BI' }));
    expect(screen.getByRole('button', { name: 'Create token' })).toBeEnabled();
  });

  it.each([
    ['expired', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['is for other functions', { functions: ['summary'] }],
    ['is of someone else', { subject: 'user:default/bea' }],
  ])('does not count a token that %s', async (_what, spec) => {
    portal
      .answers('GET /me', { user: 'user:default/tom' })
      .answers(`GET ${path}/grants`, {
        items: [{ ...grant, spec: { ...grant.spec, ...spec } }],
      });
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^Use a token as the password in your tool\./),
    ).toBeVisible();
    await screen.findByRole('list', { name: 'Tokens' });
    expect(screen.getByRole('button', { name: 'Create token' })).toBeEnabled();
  });

  it('puts the values of the form into the steps', async () => {
    await renderPage(tab, portal);
    await screen.findByRole('group', { name: 'Tools' });
    const values =
      /^The steps contain your parameter values\. Change them under prices/;
    expect(screen.queryByText(values)).toBeNull();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'symbols' }),
      'IBM, AAPL',
    );
    expect(
      screen.getByText(
        'http://gateway.test/odata/v1/rates-desk/dev/month-end-prices/prices?symbols=IBM&symbols=AAPL',
      ),
    ).toBeVisible();
    expect(screen.getByText(values)).toBeVisible();
    const given = new URLSearchParams({
      format: 'xlsx',
      parameters: '{"symbols":["IBM","AAPL"]}',
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Download the workbook' }),
    );
    expect(portal.calls.map(call => call.path)).toContain(
      `${path}/environments/dev/functions/prices/file?${given}`,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Python' }));
    expect(
      screen.getByText(/\/prices\.parquet\?symbols=IBM&symbols=AAPL"/),
    ).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'symbols' }), ',');
    expect(
      screen.getByText(/^Wrong parameter values under prices: symbols\./),
    ).toBeVisible();
    expect(screen.queryByRole('list', { name: /^Steps in / })).toBeNull();
  });

  it('leads from a function to the tools that read it, whatever it returns', async () => {
    const app = anApp();
    const [{ contract }] = app.status!.environments!;
    const [prices] = contract!.functions;
    const { columns } = prices.result;
    contract!.functions.push(
      { ...prices, name: 'ticks', result: { kind: 'stream', columns } },
      {
        ...prices,
        name: 'spread',
        result: { kind: 'value', schema: { type: 'number' } },
      },
    );
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const tiles = await screen.findByRole('group', { name: 'Tools' });
    const names = () =>
      within(tiles)
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    expect(names()).toHaveLength(9);
    expect(screen.queryByText(/text\/event-stream/)).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Read in a tool: ticks' }),
    );
    expect(tiles).toHaveFocus();
    expect(names()).toEqual(['Agents', 'Command line']);
    await userEvent.click(screen.getByRole('button', { name: 'Command line' }));
    expect(
      screen.getByText(
        /^curl --fail-with-body -N .*text\/event-stream.*\/ticks"$/,
      ),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Read in a tool: spread' }),
    );
    expect(names()).toEqual(['Tableau', 'Python', 'Agents', 'Command line']);
    expect(
      screen.getByText(/^curl .* -o spread\.json .*\/spread\.json"$/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Python' }));
    expect(
      screen.getByText(/spread = response\.json\(\)\["value"\]$/),
    ).toBeVisible();
  });

  it('keeps a token for other functions out of the snippets, and offers another one', async () => {
    const spec = { ...grant.spec, client: 'api', functions: ['other'] };
    const limited = { ...grant, spec };
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
    expect(screen.getByText(/^curl --fail -u .* -o /)).toBeVisible();
    expect(screen.getByText(/^It doesn’t cover prices\./)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Create another token' }),
    ).toBeEnabled();
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
});
