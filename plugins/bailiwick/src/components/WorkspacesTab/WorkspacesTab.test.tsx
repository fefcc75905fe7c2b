import { EntityProvider } from '@backstage/plugin-catalog-react';
import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { WorkspacesTab } from './WorkspacesTab';

const path = '/tenants/rates-desk/apps/month-end-prices';
const name = 'month-end-prices.default.bea';
const own = `${path}/workspaces/${name}`;

const running: WorkspaceView = {
  name,
  owner: 'user:default/bea',
  environment: 'dev',
  cpu: '1',
  memory: '1536Mi',
  storage: '2Gi',
  idleMinutes: 60,
  startedAt: '2026-11-20T08:00:00Z',
  isOn: true,
  phase: 'Running',
};
const options = { environments: ['dev'], most: { cpu: '2', memory: '4Gi' } };

const button = (label: string) => screen.getByRole('button', { name: label });
const findButton = (label: string) =>
  screen.findByRole('button', { name: label });

describe('WorkspacesTab', () => {
  /** Returns a portal for Bea. */
  const aPortal = (
    workspaces: WorkspaceView[] = [],
    app: Partial<AppView> = {},
  ) =>
    new FakePortal()
      .streams(path, aDeployment({ app: anApp(app), workspaces }))
      .answers('GET /me', { user: 'user:default/bea', groups: [] })
      .answers(`GET ${path}/workspaces`, options);
  const show = (portal: FakePortal) =>
    renderPage(
      <EntityProvider entity={appEntity}>
        <WorkspacesTab />
      </EntityProvider>,
      portal,
    );
  const called = (portal: FakePortal, method: string) =>
    portal.calls.filter(call => call.method === method);

  it('explains to viewers whom they can ask', async () => {
    const portal = aPortal([], { canBuild: false });
    await show(portal);
    expect(
      await screen.findByText('Workspaces are for builders'),
    ).toBeVisible();
    expect(screen.getByText(/Ask an owner of the tenant/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Learn about workspaces' }),
    ).toHaveAttribute('href', '/docs/functions#workspaces');
    expect(screen.queryByRole('button')).toBeNull();
    expect(portal.calls.map(call => call.path)).not.toContain(
      `${path}/workspaces`,
    );
  });

  it('names another git host', async () => {
    const app = anApp();
    app.spec.source.repository = 'https://git.example.com/rates/prices.git';
    const portal = aPortal([], app);
    await show(portal);
    expect(await screen.findByText('Code on another git host')).toBeVisible();
    expect(
      screen.getByText(/is in https:\/\/git\.example\.com\/rates\/prices/),
    ).toBeVisible();
  });

  describe('without a workspace', () => {
    it.each([
      [
        'is not configured',
        { ...options, problem: 'This portal has no address for workspaces' },
        /This portal has no address for workspaces\.$/,
      ],
      [
        'has no draft',
        { ...options, environments: [] },
        /deploy the newest commit to an environment that is not protected\.$/,
      ],
    ])('says why nothing can be created: it %s', async (_, answer, words) => {
      const portal = aPortal();
      portal.answers(`GET ${path}/workspaces`, answer);
      await show(portal);
      expect(await screen.findByText(words)).toBeVisible();
      expect(button('Create workspace')).toBeDisabled();
    });

    it('creates one of the given size', async () => {
      const portal = aPortal();
      portal
        .answers(`GET ${path}/workspaces`, {
          ...options,
          environments: ['dev', 'test'],
        })
        .answers(`POST ${path}/workspaces`, {}, 201);
      await show(portal);
      await userEvent.click(await findButton('Create workspace'));
      const dialog = within(await screen.findByRole('dialog'));
      await userEvent.click(dialog.getByLabelText('Environment'));
      await userEvent.click(screen.getByRole('option', { name: 'test' }));
      await userEvent.click(dialog.getByLabelText('Increase Memory'));
      await userEvent.click(dialog.getByLabelText('Decrease CPU'));
      await userEvent.click(
        dialog.getByRole('button', { name: 'Create and start' }),
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(called(portal, 'POST')).toEqual([
        {
          method: 'POST',
          path: `${path}/workspaces`,
          body: {
            environment: 'test',
            cpu: '500m',
            memory: '1536Mi',
            storage: '2Gi',
            idleMinutes: 60,
          },
        },
      ]);
    });

    it.each([
      ['CPU', '3', '0.1 to 2'],
      ['Memory', '4.5', '0.5 to 4'],
      ['Disk', '101', '1 to 100'],
      ['Stop when idle for', '0', '1 to 1440'],
    ])('keeps %s within its limits', async (label, wrong, limits) => {
      const portal = aPortal();
      await show(portal);
      await userEvent.click(await findButton('Create workspace'));
      const field = screen.getByRole('spinbutton', { name: label });
      await userEvent.clear(field);
      expect(button('Create and start')).toBeDisabled();
      await userEvent.type(field, wrong);
      expect(screen.getByText(limits)).toBeVisible();
      expect(button('Create and start')).toBeDisabled();
    });

    it('begins with a size that a small plan allows', async () => {
      const portal = aPortal();
      portal
        .answers(`GET ${path}/workspaces`, {
          ...options,
          most: { cpu: '500m', memory: '512Mi' },
        })
        .answers(`POST ${path}/workspaces`, 'The quota is used up.', 403);
      await show(portal);
      await userEvent.click(await findButton('Create workspace'));
      await userEvent.click(button('Create and start'));
      expect(await screen.findByText(/^The quota is used up/)).toBeVisible();
      const [{ body }] = called(portal, 'POST');
      expect(body).toMatchObject({ cpu: '500m', memory: '512Mi' });
    });
  });

  describe('with a workspace', () => {
    it('shows its state, size and end', async () => {
      const portal = aPortal([running]);
      await show(portal);
      expect(await screen.findByText('Your workspace')).toBeVisible();
      expect(screen.getByRole('status')).toHaveTextContent('Running');
      expect(
        screen.getByText('1 core, 1.5 GiB of memory, 2 GiB of disk'),
      ).toBeVisible();
      expect(
        screen.getByText('after 60 minutes without activity'),
      ).toBeVisible();
      expect(screen.queryByText('Expires')).toBeNull();
    });

    it('shows what a pending one waits for', async () => {
      const why = 'JupyterLab is being installed.';
      const portal = aPortal([{ ...running, phase: 'Pending', why }]);
      await show(portal);
      expect(await screen.findByRole('status')).toHaveTextContent(
        'Pending – JupyterLab is being installed.',
      );
      expect(button('Stop workspace')).toBeEnabled();
      expect(screen.queryByText('Open JupyterLab')).toBeNull();
    });

    it('shows why one failed, and starts it again', async () => {
      const portal = aPortal([
        {
          ...running,
          phase: 'Failed',
          why: 'Out of memory.',
          next: 'Create a larger one.',
        },
      ]);
      portal.answers(`POST ${own}/start`, {});
      await show(portal);
      expect(await screen.findByText('Create a larger one.')).toBeVisible();
      expect(screen.getByRole('status')).toHaveTextContent(
        'Failed – Out of memory.',
      );
      await userEvent.click(button('Start workspace'));
      await waitFor(() =>
        expect(called(portal, 'POST')).toMatchObject([
          { path: `${own}/start` },
        ]),
      );
    });

    it('is not started by people who do not build any more', async () => {
      const stopped: WorkspaceView = {
        ...running,
        isOn: false,
        phase: 'Stopped',
        expiresAt: '2026-12-20T08:00:00Z',
      };
      const portal = aPortal([stopped], { canBuild: false });
      await show(portal);
      expect(await findButton('Start workspace')).toBeDisabled();
      expect(
        screen.getByText(
          'December 20, 2026, with its files, unless you start it',
        ),
      ).toBeVisible();
    });

    it('stops, and shows why that failed', async () => {
      const portal = aPortal([running]);
      portal.answers(`POST ${own}/stop`, 'The cluster is unreachable.', 503);
      await show(portal);
      await userEvent.click(await findButton('Stop workspace'));
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'The cluster is unreachable.',
      );
      portal.answers(`POST ${own}/stop`, {});
      await userEvent.click(button('Stop workspace'));
      await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    });

    it('is deleted after its name was typed', async () => {
      const portal = aPortal([running]);
      portal.answers(`DELETE ${own}`, {});
      await show(portal);
      await userEvent.click(await findButton('Delete workspace'));
      const dialog = within(screen.getByRole('dialog'));
      const confirm = dialog.getByRole('button', { name: 'Delete' });
      expect(confirm).toBeDisabled();
      await userEvent.type(dialog.getByRole('textbox'), 'month-end-prices');
      await userEvent.click(confirm);
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(called(portal, 'DELETE')).toMatchObject([{ path: own }]);
    });

    describe('that is opened', () => {
      const page = { close: jest.fn(), location: { href: '' }, opener: {} };
      let open: jest.SpyInstance;

      beforeEach(() => {
        page.close.mockReset();
        page.location.href = '';
        page.opener = {};
        open = jest
          .spyOn(window, 'open')
          .mockReturnValue(page as unknown as Window);
      });
      afterEach(() => open.mockRestore());

      it('has a window that opens at once and gets its address', async () => {
        const url = 'http://month-end-prices-bea.localhost:7008/?ticket=1';
        const portal = aPortal([running]);
        portal.answers(`POST ${own}/session`, { url });
        const letGo = portal.holds(`POST ${own}/session`);
        await show(portal);
        await userEvent.click(await findButton('Open JupyterLab'));
        expect(open).toHaveBeenCalledTimes(1);
        expect(page.location.href).toBe('');
        expect(button('Stop workspace')).toBeDisabled();
        letGo();
        await waitFor(() => expect(page.location.href).toBe(url));
        expect(page.opener).toBeNull();
        expect(page.close).not.toHaveBeenCalled();
      });

      it('has no window after a failure', async () => {
        const portal = aPortal([running]);
        portal
          .answers(`POST ${own}/session`, 'It does not respond.', 409)
          .answers(`POST ${own}/stop`, {});
        await show(portal);
        await userEvent.click(await findButton('Open JupyterLab'));
        expect(await screen.findByText('It does not respond.')).toBeVisible();
        expect(page.close).toHaveBeenCalledTimes(1);
        await userEvent.click(button('Stop workspace'));
        await waitFor(() =>
          expect(screen.queryByText('It does not respond.')).toBeNull(),
        );
      });

      it('needs a browser that allows windows', async () => {
        open.mockReturnValue(null);
        const portal = aPortal([running]);
        portal.answers(`POST ${own}/session`, { url: 'http://x.localhost' });
        await show(portal);
        await userEvent.click(await findButton('Open JupyterLab'));
        expect(
          await screen.findByText(/^The browser blocked the new window/),
        ).toBeVisible();
        // A ticket that nobody can use would remain.
        expect(called(portal, 'POST')).toEqual([]);
      });
    });
  });

  describe('with workspaces of other members', () => {
    const ofTom: WorkspaceView = {
      ...running,
      name: 'month-end-prices.default.tom',
      owner: 'user:default/tom',
    };
    const toms = `${path}/workspaces/${ofTom.name}`;
    const table = () =>
      screen.findByRole('table', { name: 'Workspaces of other members' });

    it('lists them', async () => {
      const portal = aPortal([running, ofTom]);
      await show(portal);
      const [, row, ...others] = within(await table()).getAllByRole('row');
      expect(row).toHaveTextContent(/tom.*Running.*dev.*1 core/);
      expect(others).toEqual([]);
      expect(within(row).queryByRole('button')).toBeNull();
    });

    it('lets owners of the tenant stop and delete them', async () => {
      const portal = aPortal([ofTom], { isOwner: true });
      portal
        .answers(`POST ${toms}/stop`, 'The cluster is unreachable.', 503)
        .answers(`DELETE ${toms}`, {});
      await show(portal);
      await table();
      await userEvent.click(button(`Stop the workspace of ${ofTom.owner}`));
      expect(
        await screen.findByText('The cluster is unreachable.'),
      ).toBeVisible();
      await userEvent.click(button(`Delete the workspace of ${ofTom.owner}`));
      const dialog = within(screen.getByRole('dialog'));
      await userEvent.type(dialog.getByRole('textbox'), 'month-end-prices');
      await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
      await waitFor(() =>
        expect(called(portal, 'DELETE')).toMatchObject([{ path: toms }]),
      );
    });

    it('offers no stop of one that does not run', async () => {
      const portal = aPortal([{ ...ofTom, isOn: false, phase: 'Stopped' }], {
        isOwner: true,
      });
      await show(portal);
      const [, row] = within(await table()).getAllByRole('row');
      expect(
        within(row)
          .getAllByRole('button')
          .map(one => one.textContent),
      ).toEqual(['Delete']);
    });
  });
});
