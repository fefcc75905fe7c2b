import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { DeleteButton } from './DeleteButton';

const path = '/tenants/rates-desk/apps/month-end-prices';

describe('DeleteButton', () => {
  it('deletes an app once its name was typed', async () => {
    const portal = new FakePortal().answers(`DELETE ${path}`, {});
    await renderPage(<DeleteButton app={anApp()} />, portal);
    await userEvent.click(screen.getByText('Delete app'));
    expect(screen.getByText(/git repository is kept/)).toBeVisible();
    const send = screen.getByRole('button', { name: 'Delete' });
    expect(send).toBeDisabled();
    await userEvent.type(
      screen.getByLabelText('Type month-end-prices to confirm'),
      'month-end-prices',
    );
    await userEvent.click(send);
    await waitFor(() =>
      expect(portal.calls).toContainEqual(
        expect.objectContaining({ method: 'DELETE', path }),
      ),
    );
  });

  it('shows the reason of a refusal, and stays open', async () => {
    const portal = new FakePortal().answers(`DELETE ${path}`, 'Not you.', 403);
    await renderPage(<DeleteButton app={anApp()} />, portal);
    await userEvent.click(screen.getByText('Delete app'));
    await userEvent.type(
      screen.getByLabelText('Type month-end-prices to confirm'),
      'month-end-prices',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(
      await screen.findByText(/Not you\. Nothing was changed/),
    ).toBeVisible();
  });
});
