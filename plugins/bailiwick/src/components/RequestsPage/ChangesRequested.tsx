import { LinkButton } from '@backstage/core-components';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { RequestedChanges } from '../resubmit/RequestedChanges';
import { useEditPath } from './useEditPath';

/** Pages that create requests without a form for editing. */
const origins: Partial<Record<RequestView['spec']['action'], string>> = {
  create: 'with the tool that sent it',
  grantAccess: 'on the page of the API',
  promote: 'on the Deploy tab of the app',
};

/** Changes that an approver wants of one's own request, and the way to make them. */
export function ChangesRequested({ request }: { request: RequestView }) {
  const editPath = useEditPath(request);
  return (
    <Alert severity="warning">
      <Stack spacing={1}>
        <div>
          <RequestedChanges request={request} />
        </div>
        {editPath ? (
          <div>
            <LinkButton to={editPath} variant="contained" color="primary">
              Edit and resubmit
            </LinkButton>
          </div>
        ) : (
          <div>
            To change the request, withdraw it and send a new one{' '}
            {origins[request.spec.action] ?? 'on the page of the tenant'}.
          </div>
        )}
      </Stack>
    </Alert>
  );
}
