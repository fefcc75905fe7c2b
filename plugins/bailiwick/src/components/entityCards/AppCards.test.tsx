import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { act, screen, within } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppCards } from './AppCards';

const path = '/tenants/rates-desk/apps/month-end-prices';
const cards = (
  <EntityProvider entity={appEntity}>
    <AppCards />
  </EntityProvider>
);
const render = (fields: Partial<DeploymentView> = {}) => {
  const portal = new FakePortal().streams(path, aDeployment(fields));
  return renderPage(cards, portal).then(() => portal);
};

describe('AppCards', () => {
  it('show the app’s state, and link to its parts', async () => {
    const history = [{ environment: 'dev', at: '2026-11-20T08:00:00Z' }];
    const app = anApp();
    await render({ app: { ...app, status: { ...app.status, history } } });
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('One of one pod answers.')).toBeVisible();
    expect(screen.getByText('draft, commit 3f9c1e2')).toBeVisible();
    expect(screen.getByText('1 of 1 ready')).toBeVisible();
    expect(screen.getByText('Not deployed')).toBeVisible();
    expect(document.querySelector('time')).toHaveAttribute(
      'dateTime',
      history[0].at,
    );
    const page = '/catalog/rates-desk/component/month-end-prices';
    for (const [name, tab] of [
      ['Get data', 'get-data'],
      ['View deployment', 'deploy'],
    ]) {
      expect(screen.getByRole('button', { name })).toHaveAttribute(
        'href',
        `${page}/${tab}`,
      );
    }
  });

  it('mark an environment on an unreachable cluster as last seen', async () => {
    const app = anApp();
    const [environment] = app.status!.environments!;
    const why = 'The cluster far does not answer.';
    const stale = { since: '2026-11-20T08:00:00Z', why };
    const environments = [{ ...environment, stale }];
    await render({ app: { ...app, status: { environments } } });
    expect(await screen.findByText(/^Last seen/)).toHaveTextContent(why);
  });

  it('follow the app over one connection', async () => {
    const portal = await render();
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(
      portal.calls.filter(call => call.path.endsWith('watch=true')),
    ).toHaveLength(1);
    const app = anApp();
    const [environment] = app.status!.environments!;
    const changed = { ...environment, health: 'Failed' as const };
    act(() =>
      portal.send(
        path,
        aDeployment({
          app: { ...app, status: { environments: [changed] } },
          reading: { people: ['user:default/tom'], tokens: 1, calls: 0 },
        }),
      ),
    );
    expect(await screen.findByText('Failed')).toBeVisible();
    expect(screen.getByText(/1, held by/)).toBeVisible();
  });

  it('show functions with their addresses and readers', async () => {
    await render({
      reading: {
        people: Array.from({ length: 7 }, (_, n) => `user:default/p${n}`),
        tokens: 9,
        calls: 12,
        lastAt: '2026-11-20T08:00:00Z',
      },
    });
    const list = await screen.findByRole('list', { name: 'Functions' });
    expect(within(list).getByText('prices')).toBeVisible();
    expect(
      within(list).getByText('Monthly prices. Returns rows in dev.'),
    ).toBeVisible();
    expect(
      within(list).getByText(
        'http://gateway.test/v1/rates-desk/dev/month-end-prices/prices',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        'JSON, JSON Lines, Excel, CSV, Arrow, Parquet, and OData',
      ),
    ).toBeVisible();
    expect(screen.getByText(/9, held by/)).toHaveTextContent(/and 2 more$/);
    expect(screen.getByText(/^12, last/)).toBeVisible();
  });

  describe('samples', () => {
    const preview = `GET ${path}/environments/dev/functions/prices/preview`;
    const symbol = { name: 'symbol', type: 'Symbol' };
    const price = { name: 'price', type: 'Money', unit: 'USD' };

    /** Draws the cards of an app with one function. */
    async function draw(
      parameters: object,
      body: unknown,
      status = 200,
      canCreateToken = true,
    ) {
      const app = anApp({ canCreateToken });
      const [fn] = app.status!.environments![0].contract!.functions;
      fn.parameters = { ...parameters };
      fn.result.columns = [symbol, price];
      const portal = new FakePortal()
        .streams(path, aDeployment({ app }))
        .answers(preview, body, status);
      await renderPage(cards, portal);
      await screen.findByRole('list', { name: 'Functions' });
      return portal;
    }

    it('show the first rows with units, and of how many', async () => {
      const rows = [
        { symbol: 'IBM', price: 100.123456789 },
        { symbol: 'AAPL', price: null },
      ];
      await draw({}, { at: '2026-11-20T08:00:00Z', count: 560, rows });
      const table = await screen.findByRole('table', {
        name: 'Sample rows of prices',
      });
      const [heading, first, second] = within(table).getAllByRole('row');
      expect(heading).toHaveTextContent('symbolprice (USD)');
      expect(first).toHaveTextContent('IBM100.12');
      expect(second).toHaveTextContent('AAPL–');
      expect(screen.getByText(/^First 2 of 560 rows/)).toHaveTextContent(
        /from dev/,
      );
    });

    it('draw a chart of all rows beside the first ones', async () => {
      const points = [1, 3, 2, 4].map((y, x) => ({ x, y }));
      await draw(
        {},
        {
          at: '2026-11-20T08:00:00Z',
          count: 4,
          rows: [{ symbol: 'IBM', price: 1 }],
          chart: {
            kind: 'chart',
            x: 'month',
            y: 'price',
            range: ['2026-01', '2026-04'],
            series: [{ name: 'IBM', points }],
          },
        },
      );
      expect(
        await screen.findByRole('img', {
          name: 'Chart of prices: price by month for IBM, from 2026-01 to 2026-04',
        }),
      ).toBeVisible();
      expect(
        screen.getByRole('table', { name: 'Sample rows of prices' }),
      ).toBeVisible();
    });

    it('explain why there are none', async () => {
      await draw({}, 'Function "prices" failed: no file', 409);
      expect(
        await screen.findByText('No sample: Function "prices" failed: no file'),
      ).toBeVisible();
    });

    it('are not loaded by people who cannot read the data', async () => {
      const portal = await draw({}, {}, 200, false);
      expect(
        await screen.findByText(
          'JSON, JSON Lines, Excel, CSV, Arrow, Parquet, and OData',
        ),
      ).toBeVisible();
      expect(portal.calls.map(call => call.path)).not.toContain(
        preview.slice('GET '.length),
      );
    });

    it('call no function that requires parameters', async () => {
      const portal = await draw({ required: ['symbols'] }, {});
      expect(
        screen.getByText('No sample: the function requires symbols.'),
      ).toBeVisible();
      expect(portal.calls.map(call => call.path)).not.toContain(
        preview.slice('GET '.length),
      );
    });
  });

  it('list the missing readiness requirements', async () => {
    const readiness = [
      {
        check: 'running' as const,
        title: 'Running',
        done: true,
        next: '',
      },
      {
        check: 'readers' as const,
        title: 'Has a reader with a token',
        done: false,
        next: 'Create a token on Get data.',
      },
    ];
    await render({ readiness });
    expect(await screen.findByText('1 of 2 checks passed.')).toBeVisible();
    expect(screen.getByText('Create a token on Get data.')).toBeVisible();
    expect(screen.getByLabelText('Done')).toBeVisible();
    expect(screen.getByLabelText('To do')).toBeVisible();
  });

  it('show a new app without a status', async () => {
    await render({ app: anApp({ status: undefined }) });
    expect(await screen.findByText('Unknown')).toBeVisible();
    expect(screen.getByText(/No status yet/)).toBeVisible();
    expect(screen.getByText(/No endpoints yet/)).toBeVisible();
  });

  it('explain to people who are not members that members see it', async () => {
    const portal = new FakePortal().answers(
      `GET ${path}?watch=true`,
      'You may not read this app.',
      403,
    );
    await renderPage(cards, portal);
    expect(
      await screen.findByText(/^Only members of the tenant can see this page;/),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText('Readiness')).toBeNull();
  });
});
