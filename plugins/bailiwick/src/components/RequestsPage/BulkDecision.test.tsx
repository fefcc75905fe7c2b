import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, aRequest } from '../../__fixtures__/views';
import { RequestsRoutes } from './RequestsRoutes';

const change = (name: string, fields = {}) =>
  aRequest({
    metadata: { name },
    spec: {
      ...aRequest().spec,
      target: { kind: 'Tenant', name },
      action: 'changePlan',
      proposed: { plan: 'large' },
    },
    ...fields,
  });
const box = (name: string) =>
  screen.queryByRole('checkbox', { name: `Select Change plan of ${name}` });

describe('deciding several requests', () => {
  let portal: FakePortal;
  beforeEach(async () => {
    portal = new FakePortal()
      .answers('GET /plans', { items: [aPlan()] })
      .streamsList('/tenants', [])
      .streamsList('/requests', [
        change('one'),
        change('two'),
        change('three'),
        change('mine', { mine: true, canDecide: false }),
        change('done', { canDecide: false, status: { phase: 'Applied' } }),
      ]);
    await renderPage(<RequestsRoutes />, portal);
    await screen.findByText('Change plan of one');
  });

  it('has boxes only at requests that the reader can decide', () => {
    expect(box('one')).toBeEnabled();
    expect(box('mine')).toBeNull();
    expect(box('done')).toBeNull();
  });

  it('shows each request, decides all with one reason and reports each failure', async () => {
    portal
      .answers('POST /requests/one/decision', change('one'))
      .answers('POST /requests/two/decision', 'The request is not open', 403);
    await userEvent.click(box('one')!);
    await userEvent.click(box('two')!);
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve 2 requests' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Approve 2 requests',
    });
    expect(within(dialog).getByText('Change plan of one')).toBeVisible();
    expect(within(dialog).getAllByText('large')).toHaveLength(2);
    expect(within(dialog).queryByText('Change plan of three')).toBeNull();
    const approve = within(dialog).getByRole('button', {
      name: 'Approve 2 requests',
    });
    expect(approve).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'There is room.',
    );
    await userEvent.click(approve);
    expect(
      await within(dialog).findByText('1 of 2 done, 1 failed.'),
    ).toBeVisible();
    expect(
      within(dialog).getByText('Failed: The request is not open'),
    ).toBeVisible();
    const body = { verdict: 'approve', reason: 'There is room.' };
    expect(portal.calls).toContainEqual({
      method: 'POST',
      path: '/requests/one/decision',
      body,
    });
    expect(portal.calls).toContainEqual({
      method: 'POST',
      path: '/requests/two/decision',
      body,
    });

    portal.answers('POST /requests/two/decision', change('two'));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Retry failed' }),
    );
    expect(
      await within(dialog).findByText('2 of 2 done, 0 failed.'),
    ).toBeVisible();
    const tries = (name: string) =>
      portal.calls.filter(({ path }) => path === `/requests/${name}/decision`);
    expect(tries('one')).toHaveLength(1);
    expect(tries('two')).toHaveLength(2);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps the selection when the dialog is cancelled', async () => {
    await userEvent.click(box('one')!);
    await userEvent.click(
      screen.getByRole('button', { name: 'Deny 1 request' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(box('one')).toBeChecked();
  });

  it('forgets a request that someone else decides meanwhile', async () => {
    await userEvent.click(box('one')!);
    await userEvent.click(box('two')!);
    portal.send('/requests', {
      type: 'changed',
      item: change('one', { canDecide: false, status: { phase: 'Denied' } }),
    });
    expect(
      await screen.findByRole('button', { name: 'Deny 1 request' }),
    ).toBeVisible();
  });
});
