import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';
import { RequestedChanges } from './RequestedChanges';

/** Explains the effect of editing a request, with the comment that asks for it. */
export function EditNote({ request }: { request: RequestView }) {
  return (
    <Alert severity="info">
      <RequestedChanges request={request} /> Sending this form withdraws your
      pending request.
    </Alert>
  );
}
