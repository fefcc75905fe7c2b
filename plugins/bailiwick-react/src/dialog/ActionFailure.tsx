import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';

/** Shows why an action failed, and whether it may have taken effect. */
export function ActionFailure({ error }: { error: Error }) {
  return (
    <Alert severity="error">
      {withFullStop(error.message)} {certaintyOf(error)}
    </Alert>
  );
}

/** A rejected request changed nothing; after a broken connection or a server error, the effect is unknown. */
function certaintyOf(error: Error): string {
  const { status } = error as Partial<RequestFailedError>;
  return status !== undefined && status < 500
    ? 'Nothing was changed.'
    : 'The action may still have taken effect. Check the result before you try again.';
}
