import { LinkButton } from '@backstage/core-components';
import type {
  AppView,
  PendingPromotion,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatRelease,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Name } from '../../Name';
import { Names } from '../../Names';
import { WithdrawButton } from '../../WithdrawButton';
import {
  TenantRequestLink,
  useTenantRequestAddress,
} from '../../TenantRequestLink';
import { useMe } from '../../useMe';

/** Shows the promotion that is pending approval in its target: who asked when, who approves it, and the way to withdraw it. */
export function ApprovalPending({
  app,
  pending: { approvers, at, by, release, request },
}: {
  app: AppView;
  pending: PendingPromotion;
}) {
  const { value: me } = useMe();
  const address = useTenantRequestAddress(app.tenant, request);
  // People cannot approve their own requests.
  const others = approvers.filter(one => one !== by);
  return (
    <Alert
      severity="info"
      action={
        me &&
        (me.user === by ? (
          <WithdrawButton
            color="inherit"
            request={request}
            size="small"
            title={`Promotion of ${formatRelease(release)}`}
          />
        ) : (
          others.some(one => [me.user, ...me.groups].includes(one)) && (
            <LinkButton color="inherit" size="small" to={address}>
              Review request
            </LinkButton>
          )
        ))
      }
    >
      <AlertTitle>Approval pending</AlertTitle>
      <TenantRequestLink tenant={app.tenant} request={request}>
        {formatRelease(release)}
      </TenantRequestLink>
      , requested by <Name of={by} /> <RelativeTime at={at} />.{' '}
      {others.length > 0 ? (
        <>
          Approvers: <Names of={others} />.
        </>
      ) : (
        'No one else can approve it. Ask an owner to add another owner.'
      )}
    </Alert>
  );
}
