import type { BuildView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { BuildsCard } from './BuildsCard';

const path = '/tenants/rates-desk/apps/month-end-prices/builds';

const succeeded: BuildView = {
  name: 'prices-1',
  commit: '3f9c1e2',
  file: 'requirements.txt',
  phase: 'Succeeded',
  packages: [{ name: 'polars', version: '1.2', license: 'MIT' }],
  createdAt: '2026-11-28T12:00:00Z',
  startedAt: '2026-11-28T12:00:00Z',
  finishedAt: '2026-11-28T12:00:04Z',
};
const failed: BuildView = {
  ...succeeded,
  name: 'prices-2',
  phase: 'Failed',
  packages: undefined,
  why: 'The domain pack does not allow requests.',
  line: 2,
};

const waiting: BuildView = {
  ...succeeded,
  name: 'prices-5',
  phase: 'Pending',
  packages: undefined,
  why: 'Waiting for 2 builds.',
  startedAt: undefined,
  finishedAt: undefined,
};

describe('BuildsCard', () => {
  const show = (
    builds: BuildView[],
    { app = anApp(), portal = new FakePortal() } = {},
  ) =>
    renderPage(<BuildsCard app={app} builds={builds} commits={[]} />, portal);

  it('explains how to install packages before the first build', async () => {
    await show([]);
    expect(
      screen.getByText(/name them in requirements\.txt/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('shows results with packages, reason and duration', async () => {
    const inRuntime = { ...succeeded, name: 'prices-3', packages: [] };
    const running: BuildView = {
      ...failed,
      name: 'prices-4',
      phase: 'Running',
      why: undefined,
      line: undefined,
      finishedAt: undefined,
    };
    await show([succeeded, failed, inRuntime, running]);
    const [, first, second, third, last] = screen.getAllByRole('row');
    expect(first).toHaveTextContent(/^SucceededPackagespolars 1\.2.*4 s/);
    expect(second).toHaveTextContent(
      'Failed: requirements.txt, line 2: The domain pack does not allow requests.',
    );
    expect(third).toHaveTextContent('All are in the runtime');
    expect(last).toHaveTextContent(/^RunningPackages–/);
    expect(within(last).queryByText('Build again')).toBeNull();
  });

  it('shows the image of a release, and how to run it elsewhere', async () => {
    const image = { release: 'month-end-prices-r2', code: 'sha256:00' };
    const artifact = 'registry.test/desk/prices@sha256:00';
    const portal = new FakePortal().answers(`GET ${path}/prices-1`, {
      metadata: { name: 'prices-1' },
      spec: { runtime: 'registry.test/python:1', image },
      status: { ...succeeded, artifact },
    });
    await show([{ ...succeeded, file: undefined, image }], { portal });
    expect(screen.getByRole('row', { name: /Image of r2/ })).toHaveTextContent(
      '1 in the image',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Details of prices-1' }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByText(
        `docker run --read-only --tmpfs /tmp -p 8080:8080 ${artifact}`,
      ),
    ).toBeVisible();
    expect(within(drawer).queryByText('requirements.txt')).toBeNull();
    expect(screen.queryByText('Build again')).toBeNull();
  });

  it('builds again, and shows why that is impossible', async () => {
    const portal = new FakePortal().answers(
      `POST ${path}/prices-2/repetition`,
      'The cluster is away.',
      503,
    );
    await show([failed], { portal });
    await userEvent.click(
      screen.getByRole('button', { name: 'Build again: prices-2' }),
    );
    expect(await screen.findByText('The cluster is away.')).toBeVisible();
  });

  it('does not repeat builds that nothing needs', async () => {
    await show([{ ...failed, superseded: true }, succeeded]);
    expect(
      screen.getAllByRole('button', { name: /^Build again/ }),
    ).toHaveLength(1);
  });

  it('lets only builders build again and cancel', async () => {
    const app = { ...anApp(), canBuild: false };
    await show([failed, waiting], { app });
    expect(screen.queryByText('Build again')).toBeNull();
    expect(screen.queryByText('Cancel')).toBeNull();
  });

  it('shows the place in the queue, and cancels after a confirmation', async () => {
    const portal = new FakePortal().answers(
      `POST ${path}/prices-5/cancellation`,
      'Build "prices-5" has already ended',
      409,
    );
    await show([waiting, succeeded], { portal });
    expect(screen.getByText('Pending: Waiting for 2 builds.')).toBeVisible();
    expect(screen.getAllByRole('button', { name: /^Cancel/ })).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel prices-5' }),
    );
    const dialog = screen.getByRole('dialog', {
      name: 'Cancel build: Packages',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel build' }),
    );
    expect(
      await within(dialog).findByText(
        'Build "prices-5" has already ended. Nothing was changed.',
      ),
    ).toBeVisible();
  });

  it('shows who cancelled a build, and builds again afterwards', async () => {
    const cancelledBy = 'user:default/bea';
    const cancelled: BuildView = {
      ...failed,
      phase: 'Cancelled',
      cancelledBy,
      why: 'The build was cancelled by user:default/bea.',
      line: undefined,
    };
    await show([{ ...waiting, cancelledBy }, cancelled]);
    const [, first, second] = screen.getAllByRole('row');
    expect(
      within(first).getByRole('button', { name: /Cancel/ }),
    ).toBeDisabled();
    expect(second).toHaveTextContent(/^Cancelled by bea\./);
    expect(within(second).getByText('Build again')).toBeVisible();
  });

  it('shows the log of an open drawer while the build runs, and at once when it ends', async () => {
    const build = {
      metadata: { name: 'prices-5' },
      spec: { runtime: 'registry.test/python:1', file: 'requirements.txt' },
    };
    const portal = new FakePortal().answers(`GET ${path}/prices-5`, build);
    const card = (one: BuildView) => (
      <BuildsCard app={anApp()} builds={[one]} commits={[]} />
    );
    let end = () => {};
    function Page() {
      const [shown, setShown] = useState(waiting);
      end = () => setShown({ ...waiting, phase: 'Failed' });
      return card(shown);
    }
    await renderPage(<Page />, portal);
    await userEvent.click(
      screen.getByRole('button', { name: 'Details of prices-5' }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByText('The log begins when the build runs.'),
    ).toBeVisible();
    portal.answers(`GET ${path}/prices-5`, {
      ...build,
      status: { phase: 'Running', log: 'Locked 2 packages' },
    });
    expect(
      await within(drawer).findByText('Locked 2 packages', undefined, {
        timeout: 5000,
      }),
    ).toBeVisible();
    portal.answers(`GET ${path}/prices-5`, {
      ...build,
      status: { phase: 'Failed', finishedAt: '2026-11-28', log: 'No space' },
    });
    act(() => end());
    expect(await within(drawer).findByText('No space')).toBeVisible();
    expect(within(drawer).queryByText(/^The log begins/)).toBeNull();
  });

  it('shows advisories, licenses, the file and the log of a build', async () => {
    const portal = new FakePortal().answers(`GET ${path}/prices-1`, {
      metadata: { name: 'prices-1' },
      spec: {
        runtime: 'registry.test/python:1',
        file: 'requirements.txt',
        content: 'polars>=1\n',
      },
      status: {
        phase: 'Succeeded',
        packages: [
          ...succeeded.packages!,
          { name: 'odd', version: '1', license: '' },
        ],
        advisories: {
          asOf: '2026-11-20T10:00:00Z',
          count: 2,
          found: [
            {
              id: 'GHSA-1',
              package: 'odd',
              version: '1',
              severity: 'HIGH',
              summary: 'Reads too much.',
              fixed: '2',
            },
          ],
        },
        bytes: 2_000_000,
        artifact: 'registry.test/packages@sha256:00',
        log: 'Locked 2 packages',
      },
    });
    await show([succeeded], { portal });
    await userEvent.click(
      screen.getByRole('button', { name: 'Details of prices-1' }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(await within(drawer).findByText('MIT')).toBeVisible();
    expect(within(drawer).getByText('Unknown')).toBeVisible();
    expect(within(drawer).getByText('Succeeded: 2 advisories')).toBeVisible();
    const advisories = within(drawer).getByRole('region', {
      name: 'Advisories',
    });
    expect(advisories).toHaveTextContent(
      /database as of 2026-11-20\. 1 more advisory\..*GHSA-1, Opens in a new windowReads too much\.odd 1High2/,
    );
    expect(within(advisories).getByRole('link')).toHaveAttribute(
      'href',
      'https://osv.dev/vulnerability/GHSA-1',
    );
    expect(within(drawer).getByText('polars>=1')).toBeVisible();
    expect(within(drawer).getByText('Locked 2 packages')).toBeVisible();
    expect(within(drawer).getByText(/sha256:00/)).toBeVisible();
  });
});
