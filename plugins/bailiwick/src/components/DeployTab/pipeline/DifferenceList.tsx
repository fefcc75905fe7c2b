import { useApi } from '@backstage/core-plugin-api';
import type { RunningDifference } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(3), overflowWrap: 'anywhere' },
  diff: {
    margin: 0,
    maxHeight: 320,
    overflow: 'auto',
    padding: theme.spacing(1),
    fontSize: 13,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
  },
}));

const levels = { breaking: 'Breaking: ', behaviour: '', cosmetic: '' };

/** What would be otherwise, in words, and the changed code on demand. */
export function DifferenceList({
  app,
  commits,
  differences,
  tenant,
}: {
  app: string;
  /** The commits between which the code can be compared. */
  commits?: { from: string; to: string };
  differences: RunningDifference[];
  tenant: string;
}) {
  const classes = useStyles();
  if (differences.length === 0)
    return <Typography variant="body2">Nothing would be otherwise.</Typography>;
  return (
    <>
      <ul className={classes.list} aria-label="Differences">
        {differences.map(({ about, level, what }) => (
          <li key={`${about} ${what}`}>
            <Typography variant="body2">
              {levels[level] && <strong>{levels[level]}</strong>}
              {what}
            </Typography>
          </li>
        ))}
      </ul>
      {commits && commits.from !== commits.to && (
        <CodeChanges app={app} tenant={tenant} {...commits} />
      )}
    </>
  );
}

function CodeChanges({
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
  const [{ error, loading, value }, load] = useAsyncFn(
    () => client.compareCommits(tenant, app, from, to),
    [client, tenant, app, from, to],
  );
  if (error)
    return (
      <Alert severity="error">
        The code cannot be compared: {error.message}
      </Alert>
    );
  if (!value)
    return (
      <div>
        <Button size="small" onClick={load} disabled={loading}>
          Show the changed code
        </Button>
      </div>
    );
  return (
    <>
      <pre
        className={classes.diff}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long code is scrolled with the keyboard
        tabIndex={0}
        aria-label={`Code of ${to.slice(0, 8)} beside ${from.slice(0, 8)}`}
      >
        {value.text || 'The files are the same.'}
      </pre>
      {value.isCut && (
        <Typography variant="body2" color="textSecondary">
          There is more of it; clone the repository to see all.
        </Typography>
      )}
    </>
  );
}
