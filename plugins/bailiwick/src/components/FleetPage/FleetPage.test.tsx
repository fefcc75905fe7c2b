import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  FleetRow,
  FleetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aFleetRow, aFleetTenant } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { FleetPage } from './FleetPage';

const [dev] = aFleetRow().environments;
const appThatIs = (health: Health, fields: Partial<FleetRow> = {}) =>
  aFleetRow({
    health,
    environments: [{ ...dev, health, why: `It is ${health}.` }],
    ...fields,
  });

describe('FleetPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().streams('/cluster', {
      ready: true,
      message: '',
      steps: [],
    });
  });

  const fleet = (
    items: FleetRow[],
    tenants: FleetTenant[] = [aFleetTenant()],
  ) => portal.streams('/fleet', { type: 'snapshot', items, tenants });
  const changed = (...items: FleetRow[]) =>
    portal.send('/fleet', { type: 'changed', items, removed: [] });
  const titles = () =>
    screen
      .getAllByRole('rowheader')
      .map(header => within(header).queryByRole('link')?.textContent)
      .filter(Boolean);

  it('has its layout before the apps are loaded', async () => {
    portal.hangs('GET /fleet?watch=true');
    await renderPage(<FleetPage />, portal);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('leads to the templates when there is no app', async () => {
    fleet([]);
    await renderPage(<FleetPage />, portal);
    expect(await screen.findByText('No apps yet')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Pick a template' }),
    ).toHaveAttribute('href', '/create');
  });

  it('leads a person without a tenant to a request', async () => {
    fleet([], []);
    await renderPage(<FleetPage />, portal);
    expect(
      await screen.findByRole('button', { name: 'Request a tenant' }),
    ).toHaveAttribute('href', '/tenants/-/new');
  });

  it('offers no templates to a viewer, and says why where there are no apps', async () => {
    fleet([aFleetRow()], [aFleetTenant({ myRole: 'viewer' })]);
    const { unmount } = await renderPage(<FleetPage />, portal);
    await screen.findByText('1 app');
    expect(screen.queryByText('Pick a template')).toBeNull();
    unmount();
    fleet([], [aFleetTenant({ myRole: 'viewer' })]);
    await renderPage(<FleetPage />, portal);
    const button = await screen.findByRole('button', {
      name: 'Pick a template',
    });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription(
      /Only builders and owners can create apps/,
    );
  });

  it('shows how each app is in each environment, with the reason, live', async () => {
    fleet([aFleetRow()]);
    await renderPage(<FleetPage />, portal);
    const row = (
      await screen.findByRole('rowheader', { name: /Month-end prices/ })
    ).closest('tr')!;
    expect(
      within(row).getByRole('link', {
        name: 'Healthy: Month-end prices in prod. One of one pod answers.',
      }),
    ).toHaveAttribute(
      'href',
      '/catalog/rates-desk/component/month-end-prices/deploy',
    );
    expect(within(row).getByText(/draft 3f9c1e2/)).toBeVisible();
    expect(within(row).getByText(/prices-7/)).toBeVisible();
    expect(screen.getByText('Live')).toBeVisible();

    changed(appThatIs('Failed'));
    expect(
      await screen.findByRole('link', { name: /It is Failed\.$/ }),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Failed (1)' })).toBeVisible();
  });

  it('filters by health, search and choices, and reports an empty result', async () => {
    fleet(
      [
        appThatIs('Healthy'),
        appThatIs('Failed', { name: 'b', title: 'Curves' }),
        appThatIs('Failed', { name: 'c', title: 'Genomes', tenant: 'labs' }),
      ],
      [aFleetTenant(), aFleetTenant({ name: 'labs', title: 'Gene lab' })],
    );
    await renderPage(<FleetPage />, portal, '/?tenant=rates-desk');
    await screen.findByText('2 of 3 apps');
    const failed = screen.getByRole('button', { name: 'Failed (1)' });
    await userEvent.click(failed);
    expect(failed).toHaveAttribute('aria-pressed', 'true');
    expect(titles()).toEqual(['Curves']);
    await userEvent.type(screen.getByLabelText('Search apps'), 'month');
    expect(
      screen.getByText('None of 3 apps matches the filters.'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all apps' }),
    );
    expect(titles()).toEqual(['Genomes', 'Curves', 'Month-end prices']);
  });

  it('groups by the address', async () => {
    fleet([
      appThatIs('Healthy'),
      appThatIs('Failed', { name: 'b', title: 'B' }),
    ]);
    await renderPage(<FleetPage />, portal, '/?group=health');
    await screen.findByText('2 apps');
    expect(titles()).toEqual(['B', 'Month-end prices']);
    expect(
      screen.getAllByText('Rates desk · market / price-feed'),
    ).toHaveLength(2);
  });

  it('is a table with sortable headings on request', async () => {
    fleet([
      appThatIs('Failed', { name: 'b', title: 'B' }),
      appThatIs('Healthy', { name: 'a', title: 'A' }),
    ]);
    await renderPage(<FleetPage />, portal, '/?view=table');
    const cells = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map(row => within(row).getAllByRole('cell')[0].textContent);
    await screen.findByText('It is Failed.');
    expect(cells()).toEqual(['A', 'B']);
    await userEvent.click(screen.getByRole('button', { name: 'Health' }));
    expect(cells()).toEqual(['B', 'A']);
    expect(
      screen.getByRole('columnheader', { name: 'Health' }),
    ).toHaveAttribute('aria-sort', 'ascending');
  });

  it('counts and picks apps by each health that they have somewhere, and lines of the table by theirs', async () => {
    const app = appThatIs('Suspended');
    app.environments.push(aFleetRow().environments[1]);
    fleet([app]);
    await renderPage(<FleetPage />, portal, '/?view=table&health=Suspended');
    expect(await screen.findByText('It is Suspended.')).toBeVisible();
    expect(screen.getAllByRole('row')).toHaveLength(2);
    for (const name of ['Healthy (1)', 'Suspended (1)', 'Failed (0)'])
      expect(screen.getByRole('button', { name })).toBeVisible();
  });

  it('moves no row while the pointer is over it, and shows how many would move', async () => {
    fleet([
      appThatIs('Healthy', { name: 'a', title: 'A' }),
      appThatIs('Healthy', { name: 'b', title: 'B' }),
    ]);
    await renderPage(<FleetPage />, portal, '/?group=health');
    await screen.findByText('2 apps');
    await userEvent.hover(screen.getByRole('table'));
    changed(appThatIs('Failed', { name: 'b', title: 'B' }));
    const again = await screen.findByRole('button', { name: /^Sort again/ });
    expect(titles()).toEqual(['A', 'B']);
    expect(screen.getByRole('link', { name: /^Failed: B/ })).toBeVisible();
    await userEvent.click(again);
    expect(titles()).toEqual(['B', 'A']);
    expect(screen.queryByRole('button', { name: /^Sort again/ })).toBeNull();
  });

  it('keeps rows that no longer match while the pointer is over them', async () => {
    fleet([appThatIs('Failed'), appThatIs('Healthy', { name: 'b' })]);
    await renderPage(<FleetPage />, portal, '/?health=Failed');
    await screen.findByText('1 of 2 apps');
    await userEvent.hover(screen.getByRole('table'));
    changed(appThatIs('Progressing'));
    await screen.findByText('None of 2 apps matches the filters.');
    expect(titles()).toEqual(['Month-end prices']);
    expect(screen.getByRole('link', { name: /^Progressing: / })).toBeVisible();
    expect(screen.getByRole('columnheader', { name: 'dev' })).toBeVisible();
    await userEvent.unhover(screen.getByRole('table'));
    expect(screen.queryByRole('rowheader')).toBeNull();
    expect(screen.getByRole('button', { name: 'Show all apps' })).toBeVisible();
  });

  it('lists the changes of the last day, newest first', async () => {
    const ago = (hours: number) =>
      new Date(Date.now() - hours * 3_600_000).toISOString();
    fleet([
      aFleetRow({
        madeAt: ago(3),
        environments: [{ ...dev, health: 'Failed', since: ago(1) }],
      }),
      aFleetRow({ name: 'b', title: 'B', madeAt: ago(30) }),
    ]);
    await renderPage(<FleetPage />, portal);
    const list = await screen.findByRole('list', {
      name: 'Changes in the last day',
    });
    const lines = within(list).getAllByRole('listitem');
    expect(lines.map(line => line.textContent)).toEqual([
      expect.stringContaining('Month-end prices failed in dev'),
      expect.stringContaining('Month-end prices was created'),
    ]);
  });

  it('keeps views under names', async () => {
    fleet([
      appThatIs('Healthy'),
      appThatIs('Failed', { name: 'b', title: 'B' }),
    ]);
    await renderPage(<FleetPage />, portal, '/?health=Failed&group=health');
    const { click, type, clear } = userEvent;
    await click(await screen.findByRole('button', { name: 'Saved views' }));
    await type(screen.getByLabelText(/Name of this view/), 'Broken');
    await click(screen.getByRole('button', { name: 'Save' }));
    await click(screen.getByRole('button', { name: 'Rename Broken' }));
    const name = screen.getByLabelText('New name for Broken');
    await clear(name);
    await type(name, 'Worries');
    await click(screen.getByRole('button', { name: 'Rename' }));
    await click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(titles()).toHaveLength(2);
    await click(screen.getByRole('button', { name: 'Saved views' }));
    await click(screen.getByRole('button', { name: 'Worries' }));
    await waitFor(() => expect(titles()).toEqual(['B']));

    await click(screen.getByRole('button', { name: 'View: Worries' }));
    await click(screen.getByRole('button', { name: 'Delete Worries' }));
    expect(screen.getByText(/No saved views yet/)).toBeVisible();
  });

  describe('with several apps chosen', () => {
    const { click } = userEvent;
    const path = (name: string, what: string) =>
      `POST /tenants/rates-desk/apps/${name}/environments/dev/${what}`;
    const open = async () => {
      fleet([
        appThatIs('Healthy', { name: 'a', title: 'A' }),
        appThatIs('Healthy', { name: 'b', title: 'B' }),
        appThatIs('Suspended', {
          name: 'c',
          title: 'C',
          environments: [{ ...dev, health: 'Suspended', paused: true }],
        }),
      ]);
      await renderPage(<FleetPage />, portal);
      await click(
        await screen.findByRole('checkbox', {
          name: 'Select all shown apps',
        }),
      );
      expect(screen.getByText('3 selected:')).toBeVisible();
    };
    const lines = (label: string) =>
      within(screen.getByRole('list', { name: label }))
        .getAllByRole('listitem')
        .map(line => line.textContent)
        .filter(text => text !== label);

    it('shows the effect of an action, and the result of each', async () => {
      portal
        .answers(path('a', 'suspension'), {})
        .answers(path('b', 'suspension'), 'The quota is full.', 409);
      await open();
      await click(screen.getByRole('button', { name: 'Pause…' }));
      expect(screen.getByRole('dialog')).toHaveAccessibleName('Pause 2 apps');
      expect(lines('Not changed (1)')).toEqual([
        'C in dev, tenant rates-deskThe app is already paused.',
      ]);
      await click(screen.getByRole('button', { name: 'Pause' }));
      expect(await screen.findByText('1 of 2 done, 1 failed.')).toBeVisible();
      expect(lines('To be changed')).toEqual([
        'A in dev, tenant rates-deskDone',
        'B in dev, tenant rates-deskFailed: The quota is full.',
      ]);

      portal.answers(path('b', 'suspension'), {});
      await click(screen.getByRole('button', { name: 'Retry failed' }));
      expect(await screen.findByText('2 of 2 done, 0 failed.')).toBeVisible();
      const sent = portal.calls.filter(({ method }) => method === 'POST');
      expect(sent.map(({ body }) => body)).toEqual(
        Array.from({ length: 3 }, () => ({ suspended: true })),
      );
    });

    it('continues when the apps no longer match the filters', async () => {
      portal.answers(path('month-end-prices', 'restart'), {});
      fleet([appThatIs('Failed')]);
      await renderPage(<FleetPage />, portal, '/?health=Failed');
      await click(
        await screen.findByRole('checkbox', {
          name: 'Select all shown apps',
        }),
      );
      await click(screen.getByRole('button', { name: 'Restart…' }));
      const answer = portal.holds(path('month-end-prices', 'restart'));
      await click(screen.getByRole('button', { name: 'Restart' }));
      changed(appThatIs('Progressing'));
      await screen.findByText('None of 1 apps matches the filters.');
      answer();
      expect(await screen.findByText('1 of 1 done, 0 failed.')).toBeVisible();
      await click(screen.getByRole('button', { name: 'Close' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(screen.getByText('1 selected:')).toBeVisible();
    });

    it('offers nothing to people without rights', async () => {
      fleet([aFleetRow()], [aFleetTenant({ myRole: 'viewer', operates: [] })]);
      await renderPage(<FleetPage />, portal);
      await screen.findByText('1 app');
      expect(screen.queryByRole('checkbox')).toBeNull();
    });

    it('has the number typed before protected ones are paused', async () => {
      fleet(
        [aFleetRow()],
        [aFleetTenant({ myRole: 'owner', operates: ['dev', 'prod'] })],
      );
      await renderPage(<FleetPage />, portal);
      await click(
        await screen.findByRole('checkbox', {
          name: 'Select Month-end prices',
        }),
      );
      await click(screen.getByRole('button', { name: 'Pause…' }));
      expect(screen.getByRole('dialog')).toHaveAccessibleName(
        'Pause 1 app in 2 environments',
      );
      const pause = screen.getByRole('button', { name: 'Pause' });
      expect(pause).toBeDisabled();
      await userEvent.type(screen.getByLabelText(/type pause 2$/), 'pause 2');
      expect(pause).toBeEnabled();
    });
  });

  it('draws only the visible ones of a thousand apps', async () => {
    fleet(
      Array.from({ length: 1000 }, (_, index) =>
        aFleetRow({ name: `app-${index}`, title: `App ${index}` }),
      ),
    );
    await renderPage(<FleetPage />, portal);
    await screen.findByText('1,000 apps');
    expect(titles().length).toBeGreaterThan(5);
    expect(titles().length).toBeLessThan(60);
    expect(
      screen.getByRole('table', { name: 'Apps by environment' }),
    ).toHaveAttribute('aria-rowcount', '1002');
  });

  it('reports that it can’t be loaded', async () => {
    portal.answers('GET /fleet?watch=true', 'no', 403);
    await renderPage(<FleetPage />, portal);
    expect(await screen.findByText('Apps can’t be loaded')).toBeVisible();
  });

  it('keeps its content when the connection breaks', async () => {
    fleet([aFleetRow()]);
    await renderPage(<FleetPage />, portal);
    await screen.findByText('1 app');
    portal.answers('GET /fleet?watch=true', 'starting', 503);
    portal.cut('/fleet');
    await waitFor(() => expect(screen.getByText(/^Not live/)).toBeVisible());
    expect(screen.getByText('1 app')).toBeVisible();
  });
});
