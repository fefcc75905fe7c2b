import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { Details } from './Details';

const path = '/tenants/rates-desk/apps/month-end-prices/environments/dev';

describe('Details', () => {
  const show = (terminal: { refusal?: string }, pods = aDeployment().pods) =>
    renderPage(
      <Details commits={[]} view={aDeployment({ pods })} />,
      new FakePortal().answers(`GET ${path}/rights`, {
        protected: true,
        operate: {},
        terminal,
      }),
    );
  /** Shows a pod in dev with a terminal, and one in prod with these rights. */
  const showWithProd = (rights: object | string, status?: number) => {
    const app = anApp();
    app.spec.environments.push({ name: 'prod', release: 'prices-r1' });
    const [pod] = aDeployment().pods;
    const pods = [pod, { ...pod, name: 'other', environment: 'prod' }];
    return renderPage(
      <Details commits={[]} view={aDeployment({ app, pods })} />,
      new FakePortal()
        .answers(`GET ${path}/rights`, {
          protected: false,
          operate: {},
          terminal: {},
        })
        .answers(`GET ${path.replace(/dev$/, 'prod')}/rights`, rights, status),
    );
  };
  const button = () => screen.getByRole('button', { name: /^Terminal in/ });

  it('explains where the reader can open no terminal', async () => {
    const refusal = 'prod is protected: only platform engineers do';
    await showWithProd({
      protected: true,
      operate: {},
      terminal: { refusal },
    });
    expect(
      await screen.findByText(`No terminal in prod (${refusal}).`),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Terminal in other' }),
    ).toBeDisabled();
  });

  it('shows nothing of terminals to people who can open none', async () => {
    await show({ refusal: 'Only builders and owners do' });
    await screen.findByText('month-end-prices-1');
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /^Terminal in/ })).toBeNull(),
    );
    expect(screen.queryByText(/^No terminal/)).toBeNull();
  });

  it('reports that terminal rights are unknown, with the reason', async () => {
    const [pod] = aDeployment().pods;
    await showWithProd('The cluster west is away.', 503);
    expect(
      await screen.findByText(
        'Can’t load your permissions in prod: The cluster west is away.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: `Terminal in ${pod.name}` }),
    ).toBeEnabled();
    expect(
      screen.getByRole('button', { name: 'Terminal in other' }),
    ).toBeDisabled();
  });

  it.each([
    ['logs', /Logs of its pods will appear here/],
    ['metrics', /Calls, CPU and memory will appear here/],
  ])(
    'describes %s of an app that is not running anywhere',
    async (part, words) => {
      const app = anApp();
      app.spec.environments = [];
      const portal = new FakePortal();
      await renderPage(
        <Details commits={[]} view={aDeployment({ app, pods: [] })} />,
        portal,
        `/?show=${part}`,
      );
      expect(await screen.findByText(words)).toHaveTextContent(
        /^The app does not run in any environment yet\. \w+/,
      );
      expect(portal.calls).toEqual([]);
    },
  );

  it('keeps the pod of the open details in the address, beside the search', async () => {
    const [pod] = aDeployment().pods;
    const Address = () => <output>{useLocation().search}</output>;
    await renderPage(
      <>
        <Details commits={[]} view={aDeployment()} />
        <Address />
      </>,
      new FakePortal(),
      `/?show=pods&pod=${pod.name}&q=month`,
    );
    const drawer = await screen.findByRole('dialog');
    expect(drawer).toHaveAccessibleName(`Pod ${pod.name}`);
    const { click } = userEvent;
    await click(screen.getByRole('button', { name: 'Close the details' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByText('?show=pods&q=month')).toBeInTheDocument();
    await click(screen.getByRole('button', { name: /^Details of/ }));
    expect(await screen.findByRole('dialog')).toBeVisible();
    expect(
      screen.getByText(`?show=pods&q=month&pod=${pod.name}`),
    ).toBeInTheDocument();
  });

  it('offers a terminal to people with the right', async () => {
    await show({});
    await screen.findByText('month-end-prices-1');
    await screen.findByRole('button', { name: /^Terminal in/ });
    expect(button()).toBeEnabled();
    expect(screen.queryByText(/^No terminal/)).toBeNull();
  });

  it('offers no terminal in pods of runs, with the reason', async () => {
    const [pod] = aDeployment().pods;
    await show({}, [{ ...pod, isOfRun: true }]);
    await screen.findByText('No terminal in pods of runs: read their logs.');
    expect(button()).toBeDisabled();
  });

  it('describes a pod’s history, and how to reach it', async () => {
    const [pod] = aDeployment().pods;
    const ended = { why: 'The container exceeded its memory limit.' };
    const containers = [{ ...pod.containers[0], restarts: 2, ended }];
    await show({}, [{ ...pod, restarts: 2, containers }]);
    await userEvent.click(
      await screen.findByRole('button', { name: `Details of ${pod.name}` }),
    );
    expect(await screen.findByText(/^2 restarts\. /)).toHaveTextContent(
      ended.why,
    );
    expect(screen.getByText('100m of 500m')).toBeVisible();
    expect(
      screen.getByText(
        `kubectl port-forward -n rates-desk--dev pod/${pod.name} 8080:8080`,
      ),
    ).toBeVisible();
    expect(screen.getByText('No recent events')).toBeVisible();
  });

  it('draws five hundred pods page by page', async () => {
    const [pod] = aDeployment().pods;
    const many = Array.from({ length: 500 }, (_, at) => ({
      ...pod,
      name: `pod-${at}`,
    }));
    await show({}, many);
    await screen.findByText('pod-0');
    expect(screen.getAllByRole('button', { name: /^Log of pod/ })).toHaveLength(
      50,
    );
    await userEvent.click(screen.getByText('Show 50 more of 500'));
    expect(screen.getByText('pod-99')).toBeVisible();
    await userEvent.type(screen.getByLabelText('Search pods'), 'pod-411');
    expect(screen.getByText('pod-411')).toBeVisible();
    expect(screen.queryByText('pod-0')).toBeNull();
  });

  it('picks the pods that are not ready', async () => {
    const [pod] = aDeployment().pods;
    const why = "The image can't be pulled.";
    await show({}, [pod, { ...pod, name: 'ill', ready: false, why }]);
    await userEvent.click(await screen.findByText('Not ready (1)'));
    expect(screen.getByText('ill')).toBeVisible();
    expect(screen.queryByText(pod.name)).toBeNull();
  });

  it('has each part on a tab, and the chosen one in the address', async () => {
    await show({});
    await userEvent.click(await screen.findByRole('tab', { name: 'History' }));
    expect(screen.getByRole('tab', { selected: true })).toHaveTextContent(
      'History',
    );
    expect(screen.getByRole('tabpanel', { name: 'History' })).toBeVisible();
    expect(screen.getByText('Releases')).toBeVisible();
    expect(screen.queryByRole('table', { name: 'pods' })).toBeNull();
  });

  it('warns in the history when commits cannot be loaded', async () => {
    const error = new Error('The git host does not respond.');
    await renderPage(
      <Details commits={[]} commitsError={error} view={aDeployment()} />,
      new FakePortal(),
      '/?show=history',
    );
    expect(
      await screen.findByText(
        /^Can’t load commit messages and authors: The git host does not respond\./,
      ),
    ).toBeVisible();
    expect(screen.getByText('Releases')).toBeVisible();
  });

  it('reports that the pod of an address was deleted', async () => {
    await renderPage(
      <Details commits={[]} view={aDeployment()} />,
      new FakePortal(),
      '/?show=pods&pod=gone-1',
    );
    expect(await screen.findByText('Pod gone-1 was deleted.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/gone-1/)).toBeNull();
  });

  it('explains the missing log of an environment without pods', async () => {
    await renderPage(
      <Details commits={[]} view={aDeployment({ pods: [] })} />,
      new FakePortal(),
      '/?show=logs&environment=dev',
    );
    expect(
      await screen.findByText(
        /^No pods are running in dev\. Logs are deleted with/,
      ),
    ).toBeVisible();
  });
});
