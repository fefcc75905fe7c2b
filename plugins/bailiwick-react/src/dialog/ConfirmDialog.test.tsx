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
    open({ typed: { text: 'feed' } });
    expect(button('Delete')).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox'), 'feed');
    await userEvent.click(button('Delete'));
    expect(onConfirm).toHaveBeenCalled();
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

  it('stays open to show an outcome when asked to', async () => {
    open({ staysOpen: true });
    await userEvent.click(button('Delete'));
    expect(onClose).not.toHaveBeenCalled();
  });
});
