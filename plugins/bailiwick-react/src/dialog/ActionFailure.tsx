import type { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';

/** Why an action failed, and whether anything may have come of it all the same. */
export function ActionFailure({ error }: { error: Error }) {
  return (
    <Alert severity="error">
      {error.message} {certaintyOf(error)}
    </Alert>
  );
}

/** A refusal came before anything was done; of a broken line or server nobody knows. */
function certaintyOf(error: Error): string {
  const { status } = error as Partial<RequestFailedError>;
  return status !== undefined && status < 500
    ? 'Nothing was changed.'
    : 'It may still have taken effect. Check the result before you try again.';
}
