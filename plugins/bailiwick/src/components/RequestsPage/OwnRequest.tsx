import { useApi } from '@backstage/core-plugin-api';
import {
  requestEnd,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { decidersOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  formatDate,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Names } from '../Names';

/** An open request of one's own: who decides, until when, and the way to take it back. */
export function OwnRequest({
  plan,
  request,
  tenant,
}: {
  /** The plan that judges, where it is known. */
  plan?: Plan;
  request: RequestView;
  tenant?: TenantView;
}) {
  const client = useApi(bailiwickApiRef);
  const { name } = request.metadata;
  const end = requestEnd(request);
  const [{ error, loading }, withdraw] = useAsyncFn(
    () => client.withdrawRequest(name),
    [client, name],
  );
  return (
    <>
      <Alert severity="info">
        Waits for a decision by <Names of={decidersOf(request, tenant, plan)} />
        {end && `, until ${formatDate(end)}`}. You cannot decide your own
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
