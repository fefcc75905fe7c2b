import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import {
  bailiwickApiRef,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, TextField } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';

/** Approves or denies a request, with a reason. */
export function Decision({ name }: { name: string }) {
  const client = useApi(bailiwickApiRef);
  const alerts = useApi(alertApiRef);
  const [reason, setReason] = useState('');
  const [{ error, loading }, decide] = useAsyncFn(
    async (verdict: 'approve' | 'deny') => {
      try {
        return await client.decideRequest(name, { verdict, reason });
      } catch (failure) {
        // Another person may have been faster; then this form is gone before it could report it.
        alerts.post({
          message: `Your decision was not recorded: ${
            (failure as Error).message
          }`,
          severity: 'warning',
        });
        throw failure;
      }
    },
    [alerts, client, name, reason],
  );
  const missing = reason.trim() === '';
  return (
    <>
      <TextField
        id="decision-reason"
        label="Your reason"
        helperText="All members of the tenant can read it."
        value={reason}
        onChange={event => setReason(event.target.value)}
        variant="outlined"
        multiline
        minRows={1}
        required
        inputProps={{ maxLength: 500 }}
      />
      {error && <Alert severity="error">{error.message}</Alert>}
      <Stack direction="row">
        <Button
          variant="contained"
          color="primary"
          disabled={missing || loading}
          onClick={() => decide('approve')}
        >
          Approve
        </Button>
        <Button
          variant="outlined"
          disabled={missing || loading}
          onClick={() => decide('deny')}
        >
          Deny
        </Button>
      </Stack>
    </>
  );
}
