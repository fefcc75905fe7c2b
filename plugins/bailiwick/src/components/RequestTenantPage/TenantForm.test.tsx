import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { roomyPlan } from '../../__testUtils__/renderTenant';
import { aPlan } from '../../__fixtures__/views';
import {
  button,
  createTenantFormPortal,
  field,
  fillTexts as fill,
  isChecked,
  sendButton as send,
} from '../../__testUtils__/tenantForm';
import { RequestTenantPage } from './RequestTenantPage';

describe('the form for a tenant', () => {
  let portal: FakePortal;
  beforeEach(() => {
    window.sessionStorage.clear();
    portal = createTenantFormPortal();
  });

  const count = () =>
    screen.getByRole('spinbutton', { name: 'Number of environments' });

  it('presets nothing where there is a choice', async () => {
    const large = { ...aPlan({ title: 'Large' }), metadata: { name: 'large' } };
    portal.answers('GET /plans', { items: [aPlan(), large] });
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    screen
      .getAllByRole('radio')
      .forEach(plan => expect(plan).not.toBeChecked());
    expect(screen.getByText(/^Select one/)).toBeVisible();
    expect(screen.getByText('To complete: plan')).toBeVisible();
    expect(send()).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: 'Large' }));
    await isChecked();
  });

  it('refuses more environments than the plan has, with numbers', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    await isChecked();
    expect(screen.getByText(/^1 of 1 in plan Small/)).toBeVisible();
    expect(button('Increase Number of environments')).toBeDisabled();
    await userEvent.clear(count());
    await userEvent.type(count(), '2');
    expect(screen.getByText(/at most 1 .*the request has 2/)).toBeVisible();
    expect(send()).toBeDisabled();
  });

  it('refuses limits above those of the plan, with numbers', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    await userEvent.click(button(/^dev /));
    const cpu = screen.getByRole('spinbutton', { name: 'CPU' });
    expect(cpu).toHaveValue(2);
    await userEvent.clear(cpu);
    await userEvent.type(cpu, '9');
    expect(
      screen.getByText(/limits cpu to 2 per environment, and dev requests 9/),
    ).toBeVisible();
    expect(send()).toBeDisabled();
    await userEvent.clear(cpu);
    await userEvent.type(cpu, '1.5');
    await isChecked();
    await userEvent.click(send());
    await waitFor(() =>
      expect(portal.calls.at(-1)!.body.spec?.environments).toEqual([
        expect.objectContaining({ name: 'dev', limits: { cpu: '1500m' } }),
      ]),
    );
  });

  it('shows the cost while one types', async () => {
    portal.answers('GET /plans', { items: [roomyPlan] });
    await renderPage(<RequestTenantPage />, portal);
    const cost = () => within(screen.getByRole('status')).getByText(/a month$/);
    await field(/^Title/);
    expect(cost()).toHaveTextContent('€57.48 a month');
    await userEvent.click(button('Increase Number of environments'));
    expect(cost()).toHaveTextContent('€114.96 a month');
    await userEvent.click(button(/^test /));
    await userEvent.click(button('Decrease CPU'));
    expect(cost()).toHaveTextContent('€109.49 a month');
  });
});
