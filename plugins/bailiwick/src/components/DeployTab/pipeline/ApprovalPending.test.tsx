import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { ApprovalPending } from './ApprovalPending';

const pending = {
  request: 'rates-desk-promote-1',
  release: 'month-end-prices-r1',
  by: 'user:default/bea',
  at: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  approvers: ['group:default/rates', 'group:default/platform'],
};
const me = (user: string) => ({ user, groups: [], platformEngineer: false });

describe('ApprovalPending', () => {
  it('names release, requester, age and approvers, and lets the requester withdraw it', async () => {
    const path = '/requests/rates-desk-promote-1/withdrawal';
    const portal = new FakePortal()
      .answers('GET /me', me('user:default/bea'))
      .answers(`POST ${path}`, {});
    const { container } = await renderPage(
      <ApprovalPending app={anApp()} pending={pending} />,
      portal,
    );
    expect(screen.getByText('Approval pending')).toBeVisible();
    await waitFor(() =>
      expect(container).toHaveTextContent(
        /(?<!-)r1, requested by bea 3 h.* ago. Approvers: Rates, platform\./i,
      ),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Withdraw' }),
    );
    expect(portal.calls).not.toContainEqual(
      expect.objectContaining({ method: 'POST' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Withdraw request' }),
    );
    await waitFor(() =>
      expect(portal.calls).toContainEqual(
        expect.objectContaining({ method: 'POST', path }),
      ),
    );
  });

  it('takes approvers to the request', async () => {
    const owner = {
      ...me('user:default/rita'),
      groups: ['group:default/rates'],
    };
    const portal = new FakePortal().answers('GET /me', owner);
    await renderPage(
      <ApprovalPending app={anApp()} pending={pending} />,
      portal,
    );
    expect(
      await screen.findByRole('button', { name: 'Review request' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/\/requests\?request=rates-desk-promote-1$/),
    );
  });

  it('reports that the requester is the only approver', async () => {
    const portal = new FakePortal().answers('GET /me', me('user:default/tom'));
    const alone = { ...pending, approvers: [pending.by] };
    const { container } = await renderPage(
      <ApprovalPending app={anApp()} pending={alone} />,
      portal,
    );
    await waitFor(() =>
      expect(container).toHaveTextContent(
        'No one else can approve it. Ask an owner to add another owner.',
      ),
    );
  });

  it('offers the withdrawal to no one else', async () => {
    const portal = new FakePortal().answers('GET /me', me('user:default/tom'));
    await renderPage(
      <ApprovalPending app={anApp()} pending={pending} />,
      portal,
    );
    await waitFor(() => expect(portal.calls.length).toBeGreaterThan(0));
    expect(screen.queryByRole('button')).toBeNull();
  });
});
