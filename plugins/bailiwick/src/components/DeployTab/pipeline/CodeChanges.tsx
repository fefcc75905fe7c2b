import {
  formatCommit,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { LinearProgress, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsync from 'react-use/esm/useAsync';

const useStyles = makeStyles(theme => ({
  diff: {
    margin: 0,
    maxHeight: '60vh',
    overflow: 'auto',
    padding: theme.spacing(1),
    fontSize: 13,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
  },
}));

/** The code that differs between two commits, as a unified diff. */
export function CodeChanges({
  app,
  from,
  tenant,
  to,
}: {
  app: string;
  from: string;
  tenant: string;
  to: string;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const { error, value } = useAsync(
    () => client.compareCommits(tenant, app, from, to),
    [client, tenant, app, from, to],
  );
  if (error)
    return (
      <Alert severity="error">
        Can’t compare the code: {withFullStop(error.message)} Reload the page to
        try again.
      </Alert>
    );
  if (!value) return <LinearProgress aria-label="Comparing the code" />;
  return (
    <>
      <pre
        className={classes.diff}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long code is scrolled with the keyboard
        tabIndex={0}
        aria-label={`Code of ${formatCommit(to)} compared with ${formatCommit(
          from,
        )}`}
      >
        {value.text || 'The files are the same.'}
      </pre>
      {value.isCut && (
        <Typography variant="body2" color="textSecondary">
          The diff is truncated. Clone the repository to see all changes.
        </Typography>
      )}
    </>
  );
}
