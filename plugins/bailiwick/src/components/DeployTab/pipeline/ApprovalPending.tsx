import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  PendingPromotion,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Name } from '../../Name';
import { Names } from '../../Names';
import { TenantRequestLink } from '../../TenantRequestLink';

/** Shows the promotion that is pending approval in its target: who asked when, who approves it, and the way to withdraw it. */
export function ApprovalPending({
  app,
  pending: { approvers, at, by, release, request },
}: {
  app: AppView;
  pending: PendingPromotion;
}) {
  const client = useApi(bailiwickApiRef);
  const { value: me } = useAsync(() => client.getMe(), [client]);
  const [{ error, loading }, withdraw] = useAsyncFn(
    () => client.withdrawRequest(request),
    [client, request],
  );
  // People cannot approve their own requests.
  const others = approvers.filter(one => one !== by);
  return (
    <Alert
      severity="info"
      action={
        me?.user === by && (
          <Button
            color="inherit"
            size="small"
            disabled={loading}
            onClick={withdraw}
          >
            Withdraw
          </Button>
        )
      }
    >
      <AlertTitle>Approval pending</AlertTitle>
      <TenantRequestLink tenant={app.tenant} request={request}>
        {release}
      </TenantRequestLink>
      , requested by <Name of={by} /> <RelativeTime at={at} />.{' '}
      {others.length > 0 ? (
        <>
          Approvers: <Names of={others} />.
        </>
      ) : (
        'No one else can approve it.'
      )}
      {error && <div role="alert">{error.message}</div>}
    </Alert>
  );
}
