import {
  apiVersion,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ReleaseView,
  WorkView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { DeployTab } from './DeployTab';

const path = '/tenants/rates-desk/apps/month-end-prices';
const log =
  `${path}/environments/dev/log?tail=500&pod=month-end-prices-1` as const;
const [pod] = aDeployment().pods;
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
    <DeployTab />
  </EntityProvider>
);

describe('DeployTab', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal()
      .streams(path, aDeployment())
      .streams(`${path}/calls`, {
        calls: { dev: { perMinute: 40.2, isPart: true } },
      });
  });

  it('shows the deployment with time and health', async () => {
    await renderPage(tab, portal);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('1 of 1 ready')).toBeVisible();
    expect(await screen.findByText('at least 40.2/min')).toBeVisible();
    expect(screen.getByText(/draft, commit 3f9c1e2/)).toBeVisible();
    expect(screen.getByText('month-end-prices-1')).toBeVisible();
  });

  it('says how the number of pods is chosen, if it varies', async () => {
    const app = anApp();
    app.spec.environments[0].replicas = { min: 1, max: 4 };
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText('Scales from 1 to 4 pods by concurrent calls.'),
    ).toBeVisible();
  });

  it('keeps a place for calls that are unknown', async () => {
    portal.streams(`${path}/calls`, { calls: {} });
    await renderPage(tab, portal);
    expect(
      (await screen.findByText('Calls now')).nextSibling,
    ).toHaveTextContent('–');
  });

  it('shows the pusher of a draft, and the changes since the previous one', async () => {
    const commit = anApp().status!.environments![0].revision!;
    const before = '0ddba11';
    const app = anApp();
    app.status!.history = [
      { environment: 'dev', commit, at: '2026-11-20T09:00:00Z' },
      { environment: 'dev', commit: before, at: '2026-11-20T08:00:00Z' },
    ];
    portal
      .streams(path, aDeployment({ app }))
      .answers(`GET ${path}/commits`, [
        {
          commit,
          message: 'Add weekly prices',
          author: 'Bea',
          at: '2026-11-20T08:59:00Z',
          pushedBy: 'user:default/bea',
        },
      ])
      .answers(`GET ${path}/changes?from=${before}&to=${commit}`, {
        text: '+weekly = 7',
        isCut: false,
      });
    await renderPage(tab, portal);
    expect(await screen.findByText('Add weekly prices')).toBeVisible();
    expect(screen.getByText(/^Pushed by/)).toHaveTextContent('Pushed by bea');
    await userEvent.click(screen.getByRole('tab', { name: 'History' }));
    const [, newest] = within(
      screen.getByRole('table', { name: 'History' }),
    ).getAllByRole('row');
    expect(newest).toHaveTextContent('Add weekly prices');
    await userEvent.click(
      within(newest).getByRole('button', { name: /^Show changes/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('+weekly = 7')).toBeVisible();
  });

  it('offers to roll back to the release that ran before', async () => {
    const release = (number: number): ReleaseView => ({
      name: `prices-r${number}`,
      number,
      commit: `${number}`.repeat(16),
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      createdBy: 'user:default/bea',
      createdAt: '2026-11-20T08:00:00Z',
    });
    const app = anApp();
    app.spec.environments = [
      {
        name: 'dev',
        release: 'prices-r2',
        because: { by: 'user:default/bea', reason: 'Readers asked for it.' },
      },
    ];
    app.status!.history = [2, 1].map(number => ({
      environment: 'dev',
      release: `prices-r${number}`,
      at: `2026-11-20T0${number}:00:00Z`,
    }));
    const { pipeline } = aDeployment();
    portal
      .streams(
        path,
        aDeployment({
          app,
          pipeline: { ...pipeline, releases: [release(2), release(1)] },
        }),
      )
      .answers(`POST ${path}/promotions/preflight`, {
        gates: [],
        differences: [],
        expected: 'prices-r2',
        problems: [],
        decidedBy: [],
      });
    await renderPage(tab, portal);
    expect(await screen.findByText(/: Readers asked for it\.$/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Roll back dev to r1' }),
    );
    expect(await screen.findByText('Roll dev back to r1')).toBeVisible();
    const pending = {
      request: 'promote-1',
      release: 'prices-r2',
      by: 'user:default/bea',
      at: '2026-11-20T08:00:00Z',
      approvers: ['user:default/rita'],
    };
    const [stage] = pipeline.stages;
    portal.send(
      path,
      aDeployment({
        app,
        pipeline: {
          ...pipeline,
          releases: [release(2), release(1)],
          stages: [{ ...stage, asked: pending }],
        },
      }),
    );
    expect(
      await screen.findByText(/^To roll back, withdraw the pending promotion/),
    ).toBeVisible();
  });

  it('follows the stream through a roll-out', async () => {
    await renderPage(tab, portal);
    await screen.findByText('Healthy');
    const app = anApp();
    Object.assign(app.status!.environments![0], {
      health: 'Degraded',
      why: 'The new code does not load; the old one serves.',
      next: 'Look at the log.',
    });
    portal.send(path, aDeployment({ app, pods: [] }));
    expect(await screen.findByText('Degraded')).toBeVisible();
    expect(screen.getByText(/the old one serves/)).toBeVisible();
    expect(screen.getByText('Next: Look at the log.')).toBeVisible();
    expect(screen.getByText(/No pods are running/)).toBeVisible();
  });

  it('marks the state as last seen while its cluster is unreachable', async () => {
    const app = anApp();
    const since = new Date(Date.now() - 300_000).toISOString();
    const why = 'Cluster west is unreachable: it does not answer in time.';
    Object.assign(app.status!.environments![0], { stale: { since, why } });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const note = await screen.findByText(/^Last seen/);
    expect(note).toHaveTextContent(`Last seen 5 minutes ago. ${why}`);
    expect(screen.getByText('Healthy (stale)')).toBeVisible();
  });

  it('explains why a pod is not running instead of its phase', async () => {
    const why = "The image can't be pulled.";
    portal.streams(
      path,
      aDeployment({
        pods: [{ ...pod, ready: false, phase: 'Pending', why, restarts: 4 }],
      }),
    );
    await renderPage(tab, portal);
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.queryByText('Pending')).toBeNull();
    expect(screen.getByText('4')).toBeVisible();
  });

  const warning = {
    id: '1',
    environment: 'dev',
    at: '2026-11-20T08:00:00Z',
    type: 'Warning' as const,
    reason: 'Failed',
    object: `Pod ${pod.name}`,
    message: 'Back-off pulling image',
    count: 7,
  };

  it('shows events, with problems as warnings', async () => {
    portal.streams(
      path,
      aDeployment({ pods: [{ ...pod, ready: false }], events: [warning] }),
    );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Events (1 warning)' }),
    );
    expect(await screen.findByText('Back-off pulling image')).toBeVisible();
    expect(screen.getByLabelText('Warning')).toBeVisible();
    expect(screen.getByText(/7 times/)).toBeVisible();
  });

  it('does not warn about a pod that is ready by now, or deleted', async () => {
    const gone = { ...warning, id: '2', object: 'Pod gone', message: 'Bye' };
    portal.streams(path, aDeployment({ events: [warning, gone] }));
    await renderPage(tab, portal);
    await userEvent.click(await screen.findByRole('tab', { name: 'Events' }));
    expect(await screen.findByText('Back-off pulling image')).toBeVisible();
    expect(screen.getByText('Bye')).toBeVisible();
    expect(screen.queryByLabelText('Warning')).toBeNull();
  });

  const written = {
    pod: 'month-end-prices-1',
    container: 'app',
    at: '2026-11-20T08:00:00.000000000Z',
    text: 'Traceback: line 12',
  };

  const aRun: Run = {
    apiVersion,
    kind: 'Run',
    metadata: { name: 'month-end-prices-1f' },
    spec: {
      app: 'month-end-prices',
      environment: 'dev',
      trigger: 'schedule',
      parameters: {},
    },
    status: {
      phase: 'Running',
      steps: [{ name: 'prices', phase: 'Running' }],
    },
  };
  const work: WorkView = {
    steps: [{ function: 'prices' }],
    schedules: [{ environment: 'dev', schedule: '15 6 * * *' }],
    runs: [aRun],
    pods: [{ run: 'month-end-prices-1f', environment: 'dev', name: 'run-pod' }],
  };

  it('begins and cancels runs of an app that has steps', async () => {
    portal
      .streams(path, aDeployment({ app: anApp({ canBuild: true }), work }))
      .answers(`POST ${path}/runs`, aRun, 201)
      .answers(`POST ${path}/runs/month-end-prices-1f/cancellation`, aRun);
    await renderPage(tab, portal);
    expect(await screen.findByText(/^At 06:15 \(UTC\) in dev/)).toBeVisible();
    expect(screen.getByText('prices running')).toBeVisible();
    await userEvent.click(screen.getByText('Run in dev'));
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel month-end-prices-1f' }),
    );
    await waitFor(() =>
      expect(portal.calls.slice(-2)).toMatchObject([
        { method: 'POST', path: `${path}/runs`, body: { environment: 'dev' } },
        { path: `${path}/runs/month-end-prices-1f/cancellation` },
      ]),
    );
  });

  it('links to the output of a run', async () => {
    const runLog = `${path}/environments/dev/log?tail=500&pod=run-pod` as const;
    portal.streams(path, aDeployment({ work })).streams(runLog, {
      type: 'start',
      lines: [{ ...written, pod: 'run-pod', text: 'ValueError: no rows' }],
      notes: [],
    });
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the log of run-pod' }),
    );
    expect(await screen.findByText('Log of run-pod')).toBeVisible();
    expect(await screen.findByText(/ValueError: no rows/)).toBeVisible();
  });

  it('explains why a run could not be started', async () => {
    portal
      .streams(
        path,
        aDeployment({
          app: anApp({ canBuild: true }),
          work: { ...work, runs: [] },
        }),
      )
      .answers(`POST ${path}/runs`, 'The cluster does not answer', 503);
    await renderPage(tab, portal);
    await userEvent.click(await screen.findByText('Run in dev'));
    expect(
      await screen.findByText('The cluster does not answer'),
    ).toBeVisible();
  });

  it('lets viewers only see runs', async () => {
    portal.streams(
      path,
      aDeployment({ app: anApp({ canBuild: false }), work }),
    );
    await renderPage(tab, portal);
    expect(await screen.findByText('prices running')).toBeVisible();
    expect(screen.queryByText('Run in dev')).toBeNull();
    expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull();
  });

  it('opens and follows the log of a pod', async () => {
    const lines = [written];
    portal.streams(log, { type: 'start', lines, notes: [] });
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Log of month/ }),
    );
    expect(await screen.findByText(/Traceback: line 12/)).toBeVisible();
    const text = '<b>It</b> goes on';
    portal.send(log, { type: 'lines', lines: [{ ...written, text }] });
    expect(await screen.findByText(text)).toBeVisible();
    expect(screen.getByRole('tabpanel', { name: 'Logs' })).toHaveFocus();
    await userEvent.click(screen.getByRole('tab', { name: 'Pods' }));
    expect(screen.queryByText(/Traceback/)).toBeNull();
  });

  it('reports that only the log failed', async () => {
    portal.answers(`GET ${log}&watch=true`, 'no such pod', 403);
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Log of month/ }),
    );
    expect(await screen.findByText(/no such pod/)).toBeVisible();
    expect(screen.getByText('Healthy')).toBeVisible();
  });

  it('keeps the last state when the connection breaks, and reports it', async () => {
    await renderPage(tab, portal);
    await screen.findByText('Live');
    portal.answers(`GET ${path}?watch=true`, 'starting', 503);
    portal.cut(path);
    expect(await screen.findByText(/^Not live/)).toBeVisible();
    expect(await screen.findByText('Healthy (stale)')).toBeVisible();
    expect(screen.getByText(/No response from the portal/)).toBeVisible();
  });

  it('reports that the app can’t be loaded', async () => {
    portal.answers(`GET ${path}?watch=true`, 'There is no app', 500);
    await renderPage(tab, portal);
    expect(await screen.findByText('There is no app')).toBeVisible();
  });
});
