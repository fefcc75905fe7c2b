import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConfirmDialog } from './ConfirmDialog';

const button = (name: string) => screen.getByRole('button', { name });

describe('ConfirmDialog', () => {
  const onClose = jest.fn();
  const onConfirm = jest.fn();
  beforeEach(() => jest.resetAllMocks());

  const open = (props: object = {}) =>
    render(
      <ConfirmDialog
        title="Delete the feed"
        confirm="Delete"
        onClose={onClose}
        onConfirm={onConfirm}
        {...props}
      >
        Its pods are deleted.
      </ConfirmDialog>,
    );

  it('runs the action and closes', async () => {
    open();
    expect(
      screen.getByRole('dialog', { name: 'Delete the feed' }),
    ).toBeVisible();
    await userEvent.click(button('Delete'));
    expect(onConfirm).toHaveBeenCalledTimes(1);
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('requires the text to be typed', async () => {
    open({ typed: 'feed' });
    expect(button('Delete')).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox'), 'feed');
    await userEvent.click(button('Delete'));
    expect(onConfirm).toHaveBeenCalled();
  });

  it('requires a reason, and runs the action with it', async () => {
    open({ reason: { help: 'All members read it.' } });
    expect(screen.getByText('All members read it.')).toBeVisible();
    const reason = screen.getByRole('textbox', { name: /^Reason/ });
    await userEvent.type(reason, '  ');
    expect(button('Delete')).toBeDisabled();
    await userEvent.type(reason, 'It is old. ');
    await userEvent.click(button('Delete'));
    expect(onConfirm).toHaveBeenCalledWith('It is old.');
  });

  it('proposes a reason', async () => {
    open({ reason: { help: '', initial: 'It is in use.' } });
    await userEvent.click(button('Delete'));
    expect(onConfirm).toHaveBeenCalledWith('It is in use.');
  });

  it('shows the outcome instead of the question', () => {
    open({ outcome: 'It is deleted.' });
    expect(screen.getByText('It is deleted.')).toBeVisible();
    expect(screen.queryByText('Its pods are deleted.')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    expect(button('Close')).toBeEnabled();
  });

  it('stays open with the reason when the action fails', async () => {
    onConfirm.mockRejectedValue(
      Object.assign(new Error('No.'), { status: 403 }),
    );
    open();
    await userEvent.click(button('Delete'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No. Nothing was changed.',
    );
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.click(button('Cancel'));
    expect(onClose).toHaveBeenCalled();
  });

  it('stays open to show an outcome on request', async () => {
    open({ staysOpen: true });
    await userEvent.click(button('Delete'));
    expect(onClose).not.toHaveBeenCalled();
  });
});
