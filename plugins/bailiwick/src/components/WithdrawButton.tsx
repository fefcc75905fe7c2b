import { useApi } from '@backstage/core-plugin-api';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography, type ButtonProps } from '@material-ui/core';
import { useState } from 'react';

/** Withdraws a pending request of one's own after a confirmation. */
export function WithdrawButton({
  request,
  title,
  ...button
}: {
  /** Name of the request. */
  request: string;
  /** Title of the step. */
  title: string;
} & Pick<ButtonProps, 'color' | 'size' | 'variant'>) {
  const client = useApi(bailiwickApiRef);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        {...button}
        style={{ whiteSpace: 'nowrap' }}
        onClick={() => setOpen(true)}
      >
        Withdraw
      </Button>
      {isOpen && (
        <ConfirmDialog
          title="Withdraw request"
          confirm="Withdraw request"
          cancel="Keep request"
          onClose={() => setOpen(false)}
          onConfirm={() => client.withdrawRequest(request)}
        >
          <Typography>
            {title}: once withdrawn, the request can’t be approved. You can send
            a new one.
          </Typography>
        </ConfirmDialog>
      )}
    </>
  );
}
