import { InfoCard } from '@backstage/core-components';
import {
  environmentNamespace,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  CallRate,
  CommitView,
  PipelineStage,
  PipelineView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Facts,
  HealthChip,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import LockIcon from '@material-ui/icons/Lock';
import type { ReactNode } from 'react';
import { Name } from '../../Name';
import { StaleNote } from '../../StaleNote';
import { ApprovalPending } from './ApprovalPending';
import { findCommit } from './historyRows';
import { HealthChecks } from './HealthChecks';
import { deployedAt } from '../../deployedAt';
import { StageActions } from './StageActions';
import { EnvironmentActions } from '../pods/EnvironmentActions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    height: '100%',
  },
  // Those of neighbours stand in one line.
  actions: { marginTop: 'auto' },
  lock: { marginLeft: theme.spacing(0.5), verticalAlign: 'middle' },
  title: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
  },
}));

/** One environment of an app: health, why, what runs and when it was deployed. */
export function EnvironmentPanel({
  app,
  calls,
  commits,
  environment,
  pipeline,
  pods,
  stage,
}: {
  app: AppView;
  /** Of a minute; absent when nobody knows yet. */
  calls?: CallRate;
  /** Newest first. */
  commits: CommitView[];
  environment: AppEnvironment;
  pipeline: PipelineView;
  /** Of all environments. */
  pods: PodView[];
  stage: PipelineStage;
}) {
  const classes = useStyles();
  const { name } = stage;
  const status = app.status?.environments?.find(one => one.name === name);
  const runs = status?.release ?? environment.release;
  const revision = status?.revision ?? app.spec.source.revision;
  const commit = runs ? undefined : findCommit(commits, revision);
  return (
    <InfoCard
      variant="fullHeight"
      title={
        <span className={classes.title}>
          <Tooltip
            title={`Kubernetes namespace ${environmentNamespace(
              app.tenant,
              name,
            )}`}
          >
            <span>
              {name}
              {stage.protected && (
                <LockIcon
                  className={classes.lock}
                  fontSize="inherit"
                  titleAccess="protected"
                />
              )}
            </span>
          </Tooltip>
          <HealthChip
            health={status?.health ?? 'Unknown'}
            stale={status?.stale}
          />
        </span>
      }
    >
      <div className={classes.root}>
        <div>
          <Typography role="status">
            {status?.why ?? 'The operator has not reconciled it yet.'}
          </Typography>
          {status?.next && (
            <Typography color="textSecondary">Next: {status.next}</Typography>
          )}
          <StaleNote stale={status?.stale} />
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
            ['Calls', callWords(calls)],
            [
              'Deployed',
              <RelativeTime key="deployed" at={deployedAt(app, name)} />,
            ],
            ...factsOfChoice(environment, commit),
          ]}
        />
        {stage.asked && <ApprovalPending app={app} pending={stage.asked} />}
        <HealthChecks status={status} />
        <StageActions
          app={app}
          environment={environment}
          pipeline={pipeline}
          stage={stage}
        />
        <div className={classes.actions}>
          {' '}
          <EnvironmentActions
            app={app}
            environment={environment}
            pods={pods.filter(one => one.environment === name)}
            customActions={status?.contract?.verbs}
          />
        </div>
      </div>
    </InfoCard>
  );
}

function callWords(calls?: CallRate): string {
  if (!calls) return '–';
  const { isPart, perMinute } = calls;
  return `${isPart ? 'at least ' : ''}${perMinute}/min`;
}

/** Who chose what runs there, and why; or who pushed the draft, and the message of its commit. */
function factsOfChoice(
  { because }: AppEnvironment,
  commit: CommitView | undefined,
): [string, ReactNode][] {
  if (commit?.pushedBy)
    return [
      [
        'Pushed by',
        <span key="commit">
          <Name of={commit.pushedBy} />: {commit.message}
        </span>,
      ],
    ];
  if (!because) return [];
  const { by, reason } = because;
  return [
    [
      'Deployed by',
      <span key="because">
        <Name of={by} />: {reason}
      </span>,
    ],
  ];
}
