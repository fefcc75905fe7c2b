import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';

/** Shows why an action failed, whether it may have taken effect, and what to name to the platform team. */
export function ActionFailure({ error }: { error: Error }) {
  return (
    <Alert severity="error">
      {withFullStop(error.message)} {certaintyOf(error)}
    </Alert>
  );
}

/** A rejected request changed nothing; after a broken connection or a server error, the effect is unknown. */
function certaintyOf(error: Error): string {
  const { requestId, status } = error as Partial<RequestFailedError>;
  if (status !== undefined && status < 500) return 'Nothing was changed.';
  const unknown =
    'The action may still have taken effect. Check the result before you try again.';
  return requestId ? `${unknown} Request ID: ${requestId}` : unknown;
}
