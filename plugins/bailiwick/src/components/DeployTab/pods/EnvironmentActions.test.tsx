import type {
  AppEnvironment,
  ContractVerb,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { EnvironmentActions } from './EnvironmentActions';

const path = '/tenants/rates-desk/apps/month-end-prices/environments/dev';
const dev: AppEnvironment = { name: 'dev', revision: 'draft' };

describe('EnvironmentActions', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().answers(`GET ${path}/rights`, {
      protected: false,
      operate: {},
      terminal: {},
    });
  });

  const show = (environment = dev, verbs: ContractVerb[] = []) =>
    renderPage(
      <EnvironmentActions
        app={anApp()}
        environment={environment}
        pods={aDeployment().pods}
        customActions={verbs}
      />,
      portal,
    );
  const open = () =>
    userEvent.click(screen.getByRole('button', { name: 'Actions in dev' }));
  const enabled = async (name: string) => {
    const item = await screen.findByRole('menuitem', { name });
    await waitFor(() =>
      expect(item).not.toHaveAttribute('aria-disabled', 'true'),
    );
    return item;
  };
  const send = (name: string) =>
    userEvent.click(screen.getByRole('button', { name }));
  const asked = () => portal.calls.filter(({ method }) => method === 'POST');

  it('restarts after showing the effect', async () => {
    portal.answers(`POST ${path}/restart`, anApp());
    await show();
    await open();
    await userEvent.click(await enabled('Restart'));
    expect(screen.getByText(/replaced one at a time/)).toBeVisible();
    expect(asked()).toEqual([]);
    await send('Restart');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked()).toMatchObject([{ path: `${path}/restart` }]);
  });

  it('runs the actions of the code, after showing the effect on readers', async () => {
    portal.answers(`POST ${path}/verbs/retrain`, {
      verb: 'retrain',
      pods: [
        { pod: 'a', message: 'A weight of 0.4 is best.' },
        { pod: 'b', refusal: 'retrain failed' },
      ],
    });
    await show(dev, [
      {
        name: 'retrain',
        title: 'Retrain',
        description: 'Choose the best weight.',
        confirm: 'Alerts change at once.',
        parameters: {
          type: 'object',
          properties: {
            days: { type: 'integer', title: 'Days', default: 7 },
            until: { type: 'string', title: 'Until', format: 'date' },
          },
          required: ['until'],
          'x-bailiwick': { order: ['until', 'days'] },
        },
      },
    ]);
    await open();
    await userEvent.click(await enabled('Retrain…'));
    expect(screen.getByText('Choose the best weight.')).toBeVisible();
    expect(screen.getByText('Alerts change at once.')).toBeVisible();
    expect(screen.getByText('Default: 7.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/^Until/), '2026-01-31');
    await userEvent.type(screen.getByLabelText('Days'), '1.5');
    expect(screen.getByText('Enter a whole number')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
    await userEvent.clear(screen.getByLabelText('Days'));
    await send('Run');
    expect(
      await screen.findByText('a: A weight of 0.4 is best.'),
    ).toBeVisible();
    expect(screen.getByText('b: retrain failed')).toBeVisible();
    expect(asked()).toMatchObject([
      { body: { parameters: { until: '2026-01-31' } } },
    ]);
    await send('Close');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks for the name only before pausing a protected environment', async () => {
    portal
      .answers(`GET ${path}/rights`, {
        protected: true,
        operate: {},
        terminal: {},
      })
      .answers(`POST ${path}/suspension`, anApp());
    await show();
    await open();
    await userEvent.click(await enabled('Pause'));
    expect(screen.getByRole('button', { name: 'Pause' })).toBeDisabled();
    await userEvent.type(
      screen.getByLabelText('Type month-end-prices to confirm'),
      'month-end-prices',
    );
    await send('Pause');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked()).toMatchObject([{ body: { suspended: true } }]);
  });

  it('turns canary releases on', async () => {
    portal.answers(`POST ${path}/canary`, anApp());
    await show();
    await open();
    await userEvent.click(await enabled('Canary releases…'));
    expect(screen.getByText(/replaces the deployed one at once/)).toBeVisible();
    await userEvent.click(screen.getByLabelText('Use canary releases'));
    const percent = screen.getByLabelText('Percent of the calls');
    await userEvent.clear(percent);
    await userEvent.type(percent, '51');
    expect(screen.getByText('1 to 50')).toBeVisible();
    expect(
      screen.getByText(/gets some of the calls. After 10 minutes/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.clear(percent);
    await userEvent.type(percent, '20');
    expect(
      screen.getByText(/gets 20% of the calls. After 10 minutes/),
    ).toBeVisible();
    await send('Save');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked()).toMatchObject([
      { body: { canary: { percent: 20, minutes: 10 } } },
    ]);
  });

  it('turns canary releases off', async () => {
    portal.answers(`POST ${path}/canary`, anApp());
    await show({ ...dev, canary: { percent: 20, minutes: 5 } });
    await open();
    await userEvent.click(await enabled('Canary releases…'));
    expect(screen.getByLabelText('Minutes')).toHaveValue(5);
    await userEvent.click(screen.getByLabelText('Use canary releases'));
    await send('Save');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked()).toMatchObject([{ body: { canary: null } }]);
  });

  it('resumes a paused app, and does not restart it', async () => {
    portal.answers(`POST ${path}/suspension`, anApp());
    await show({ ...dev, suspended: true });
    expect(screen.getByText('Pausing: 1 pod is stopping.')).toBeVisible();
    await open();
    expect(
      screen.getByText('The app is paused. Resume it first.'),
    ).toBeVisible();
    expect(screen.getByRole('menuitem', { name: 'Restart' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await userEvent.click(await enabled('Resume'));
    await send('Resume');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked()).toMatchObject([{ body: { suspended: false } }]);
  });

  it('scales between two numbers, and keeps them when it is refused', async () => {
    portal.answers(`POST ${path}/scale`, 'There is room for 1', 409);
    await show();
    await open();
    await userEvent.click(await enabled('Scale…'));
    const most = screen.getByLabelText('Maximum pods');
    await userEvent.clear(most);
    expect(screen.getByText('1 to 100')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Scale' })).toBeDisabled();
    await userEvent.type(most, '4');
    expect(screen.getByText(/follows the concurrent calls/)).toBeVisible();
    await send('Scale');
    expect(
      await screen.findByText('There is room for 1. Nothing was changed.'),
    ).toBeVisible();
    portal.answers(`POST ${path}/scale`, 'The cluster is away.', 503);
    await send('Scale');
    expect(
      await screen.findByText(/The action may still have taken effect/),
    ).toBeVisible();
    const wanted = { min: 1, max: 4, scaleToZeroMinutes: null };
    expect(asked().map(({ body }) => body)).toEqual([wanted, wanted]);
    expect(most).toHaveValue(4);
  });

  it('scales to zero after minutes without calls', async () => {
    portal.answers(`POST ${path}/scale`, {});
    await show();
    await open();
    await userEvent.click(await enabled('Scale…'));
    const idle = screen.getByLabelText(/^Scale to zero/);
    await userEvent.type(idle, '4');
    expect(screen.getByRole('button', { name: 'Scale' })).toBeDisabled();
    await userEvent.clear(idle);
    await userEvent.type(idle, '15');
    expect(
      screen.getByText(/After 15 minutes without calls, no pod runs/),
    ).toBeVisible();
    await send('Scale');
    await waitFor(() =>
      expect(asked()).toMatchObject([
        { body: { min: 1, max: 1, scaleToZeroMinutes: 15 } },
      ]),
    );
  });

  it('explains missing rights', async () => {
    const refusal = 'Only builders and owners of the tenant can do this';
    portal.answers(`GET ${path}/rights`, {
      protected: false,
      operate: { refusal },
      terminal: {},
    });
    await show();
    await open();
    expect(await screen.findByText(refusal)).toBeVisible();
    for (const name of ['Restart', 'Scale…', 'Pause'])
      expect(screen.getByRole('menuitem', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
  });
});
