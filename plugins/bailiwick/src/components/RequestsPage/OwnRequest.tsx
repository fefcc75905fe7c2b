import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';
import { RequestState } from './RequestState';
import { WithdrawButton } from '../WithdrawButton';

/** An open request of one's own: who decides, until when, and the way to take it back. */
export function OwnRequest(props: {
  plans: Plan[];
  request: RequestView;
  tenant?: TenantView;
}) {
  const { request } = props;
  return (
    <>
      <Alert severity="info">
        The request <RequestState {...props} /> You can’t approve your own
        request.
      </Alert>
      <div>
        <WithdrawButton
          request={request.metadata.name}
          title={describeRequest(request)}
          variant="outlined"
        />
      </div>
    </>
  );
}
