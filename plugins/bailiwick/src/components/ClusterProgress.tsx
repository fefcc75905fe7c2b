import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  useLiveValue,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  LinearProgress,
  List,
  ListItem,
  ListItemText,
  makeStyles,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
  message: { flex: 1 },
}));

const words = {
  waiting: 'waiting',
  running: 'in progress',
  done: 'done',
  failed: 'failed',
  skipped: 'not needed',
};

/**
 * Shows the progress of a starting cluster, or that the cluster, a node or the operator is not responding; otherwise
 * nothing.
 */
export function ClusterProgress() {
  const classes = useStyles();
  const { value } = useLiveValue<ClusterView>('/cluster');
  if (!value) return null;
  if (value.stale || value.warning) {
    return (
      <Alert className={classes.root} severity="warning">
        {value.message}
      </Alert>
    );
  }
  if (value.ready) return null;
  const done = value.steps.filter(
    ({ state }) => state === 'done' || state === 'skipped',
  ).length;
  const failed = value.steps.some(({ state }) => state === 'failed');
  return (
    <Alert
      className={classes.root}
      classes={{ message: classes.message }}
      severity={failed ? 'error' : 'info'}
    >
      <Typography>{value.message}</Typography>
      <Typography variant="body2">
        You can browse the portal now; everything else becomes available when
        the cluster is ready.
      </Typography>
      {value.steps.length > 0 && !failed && (
        <LinearProgress
          variant="determinate"
          aria-label="Cluster progress"
          value={(100 * done) / value.steps.length}
        />
      )}
      <List disablePadding>
        {value.steps.map(({ detail, name, seconds, state, title }) => (
          <ListItem key={name} disableGutters>
            <ListItemText
              primary={title}
              secondary={[
                words[state],
                seconds && withUnit(Math.round(seconds), 's'),
                detail,
              ]
                .filter(Boolean)
                .join(' · ')}
            />
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}
