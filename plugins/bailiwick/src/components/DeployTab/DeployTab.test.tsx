import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { DeployTab } from './DeployTab';

const path = '/tenants/rates-desk/apps/month-end-prices';
const log = `GET ${path}/environments/dev/pods/month-end-prices-1/log?follow=true`;
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
    portal = new FakePortal().streams(path, aDeployment());
  });

  it('shows what runs, since when and how well', async () => {
    await renderPage(tab, portal);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('1 of 1 ready')).toBeVisible();
    expect(screen.getByText(/draft, commit 3f9c1e2a/)).toBeVisible();
    expect(screen.getByText('month-end-prices-1')).toBeVisible();
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
    expect(screen.getByText(/There are none at the moment/)).toBeVisible();
  });

  it('says why a pod does not run instead of its phase', async () => {
    const why = 'The image could not be fetched.';
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

  it('shows what happened, with what is wrong as a warning', async () => {
    portal.streams(
      path,
      aDeployment({ pods: [{ ...pod, ready: false }], events: [warning] }),
    );
    await renderPage(tab, portal);
    expect(await screen.findByText('Back-off pulling image')).toBeVisible();
    expect(screen.getByLabelText('Warning')).toBeVisible();
    expect(screen.getByText(/7 times/)).toBeVisible();
  });

  it('does not alarm about a pod that answers by now, or is gone', async () => {
    const gone = { ...warning, id: '2', object: 'Pod gone', message: 'Bye' };
    portal.streams(path, aDeployment({ events: [warning, gone] }));
    await renderPage(tab, portal);
    expect(await screen.findByText('Back-off pulling image')).toBeVisible();
    expect(screen.getByText('Bye')).toBeVisible();
    expect(screen.queryByLabelText('Warning')).toBeNull();
  });

  it('opens and closes the log of a pod', async () => {
    portal.streamsText(log, 'Traceback: line 12\n');
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Show the log of/ }),
    );
    expect(await screen.findByText(/Traceback: line 12/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Close the log' }),
    );
    expect(screen.queryByText(/Traceback/)).toBeNull();
  });

  it('says that only the log failed when it cannot be read', async () => {
    portal.answers(log, 'no such pod', 404);
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Show the log of/ }),
    );
    expect(await screen.findByText(/no such pod/)).toBeVisible();
    expect(screen.getByText('Healthy')).toBeVisible();
  });

  it('keeps the last state when the connection breaks, and says so', async () => {
    await renderPage(tab, portal);
    await screen.findByText('Live');
    portal.answers(`GET ${path}?watch=true`, 'starting', 503);
    portal.cut(path);
    await waitFor(() => expect(screen.getByText(/^Not live/)).toBeVisible());
    expect(screen.getByText('Healthy')).toBeVisible();
  });

  it('says when the app cannot be shown', async () => {
    portal.answers(`GET ${path}?watch=true`, 'There is no app', 404);
    await renderPage(tab, portal);
    expect(await screen.findByText('There is no app')).toBeVisible();
  });
});
