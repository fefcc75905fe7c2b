import { InfoCard } from '@backstage/core-components';
import {
  environmentNamespace,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type AppView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  HealthChip,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: theme.spacing(2),
    margin: theme.spacing(2, 0, 0),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** One environment of an app: health, why, what runs since when. */
export function EnvironmentPanel({
  app,
  environment,
  status,
}: {
  app: AppView;
  environment: AppEnvironment;
  status?: AppEnvironmentStatus;
}) {
  const classes = useStyles();
  const runs = status?.release ?? environment.release;
  return (
    <InfoCard
      title={
        <Tooltip
          title={`Kubernetes namespace ${environmentNamespace(
            app.tenant,
            environment.name,
          )}`}
        >
          <span>{environment.name}</span>
        </Tooltip>
      }
      action={<HealthChip health={status?.health ?? 'Unknown'} />}
    >
      <Typography role="status">
        {status?.why ?? 'The operator has not looked at it yet.'}
      </Typography>
      {status?.next && (
        <Typography color="textSecondary">Next: {status.next}</Typography>
      )}
      <dl className={classes.facts}>
        <dt>Runs</dt>
        <dd>
          {runs ?? (
            <Tooltip title={status?.revision ?? app.spec.source.revision}>
              <span>
                draft, commit{' '}
                {(status?.revision ?? app.spec.source.revision).slice(0, 8)}
              </span>
            </Tooltip>
          )}
        </dd>
        <dt>Pods</dt>
        <dd>
          {status
            ? `${status.pods.ready} of ${status.pods.desired} ready`
            : '–'}
        </dd>
        <dt>Since</dt>
        <dd>
          <RelativeTime at={status?.since} />
        </dd>
      </dl>
    </InfoCard>
  );
}
