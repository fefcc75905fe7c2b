import { InfoCard } from '@backstage/core-components';
import {
  environmentNamespace,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type AppView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  Facts,
  HealthChip,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  title: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
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
  const revision = status?.revision ?? app.spec.source.revision;
  return (
    <InfoCard
      title={
        <span className={classes.title}>
          <Tooltip
            title={`Kubernetes namespace ${environmentNamespace(
              app.tenant,
              environment.name,
            )}`}
          >
            <span>{environment.name}</span>
          </Tooltip>
          <HealthChip health={status?.health ?? 'Unknown'} />
        </span>
      }
    >
      <div className={classes.root}>
        <div>
          <Typography role="status">
            {status?.why ?? 'The operator has not looked at it yet.'}
          </Typography>
          {status?.next && (
            <Typography color="textSecondary">Next: {status.next}</Typography>
          )}
        </div>
        <Facts
          facts={[
            [
              'Runs',
              runs ?? (
                <Tooltip title={revision}>
                  <span>draft, commit {revision.slice(0, 8)}</span>
                </Tooltip>
              ),
            ],
            [
              'Pods',
              status
                ? `${status.pods.ready} of ${status.pods.desired} ready`
                : '–',
            ],
            ['Since', <RelativeTime key="since" at={status?.since} />],
          ]}
        />
      </div>
    </InfoCard>
  );
}
