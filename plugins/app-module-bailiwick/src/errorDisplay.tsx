import { Content } from '@backstage/core-components';
import {
  ErrorDisplay,
  type ErrorDisplayProps,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';

const useStyles = makeStyles({
  stack: { fontSize: 12, overflowX: 'auto', whiteSpace: 'pre-wrap' },
});

/** Whether the code of a page could not be loaded: offline, or after an upgrade of the portal. */
function isNotLoaded({ message, name }: Error): boolean {
  return (
    name === 'ChunkLoadError' || /dynamically imported module/.test(message)
  );
}

/** A part of a page that failed, with the way on; the stack trace is folded. */
function FailedPart({ error, resetError }: ErrorDisplayProps) {
  const classes = useStyles();
  const mustReload = isNotLoaded(error);
  return (
    <Content>
      <Stack align="start">
        <Alert severity="error">
          <AlertTitle>
            {mustReload
              ? 'This page can’t be loaded'
              : 'This part of the page failed'}
          </AlertTitle>
          {mustReload
            ? 'The portal does not respond, or it was upgraded. Check your connection and reload the page.'
            : 'Try again. If it fails again, send the details to the platform team.'}
        </Alert>
        {mustReload ? (
          <Button variant="outlined" onClick={() => window.location.reload()}>
            Reload page
          </Button>
        ) : (
          <>
            <Button variant="outlined" onClick={resetError}>
              Try again
            </Button>
            <details>
              <summary>Details</summary>
              <pre className={classes.stack}>
                {error.stack ?? String(error)}
              </pre>
            </details>
          </>
        )}
      </Stack>
    </Content>
  );
}

/** Replaces Backstage's panel for failed parts of a page. */
export const errorDisplay = SwappableComponentBlueprint.make({
  name: 'core-error-display',
  params: define =>
    define({ component: ErrorDisplay, loader: () => FailedPart }),
});
