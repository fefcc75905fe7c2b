import { useApi } from '@backstage/core-plugin-api';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { RequestState } from './RequestState';

/** An open request of one's own: who decides, until when, and the way to take it back. */
export function OwnRequest(props: {
  plans: Plan[];
  request: RequestView;
  tenant?: TenantView;
}) {
  const client = useApi(bailiwickApiRef);
  const { name } = props.request.metadata;
  const [{ error, loading }, withdraw] = useAsyncFn(
    () => client.withdrawRequest(name),
    [client, name],
  );
  return (
    <>
      <Alert severity="info">
        The request <RequestState {...props} /> You can't approve your own
        request.
      </Alert>
      {error && <Alert severity="error">{error.message}</Alert>}
      <div>
        <Button variant="outlined" disabled={loading} onClick={withdraw}>
          Withdraw
        </Button>
      </div>
    </>
  );
}
