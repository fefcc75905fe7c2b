import type {
  AppCanaryStatus,
  AppEnvironment,
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
  formatCount,
  formatMessage,
  HealthChip,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import { deployedAt } from '../../deployedAt';
import { Figures } from '../../Figures';
import { StaleNote } from '../../StaleNote';
import { EnvironmentActions } from '../pods/EnvironmentActions';
import { EnvironmentCharts } from './charts/EnvironmentCharts';
import { ApprovalPending } from './ApprovalPending';
import { HealthChecks } from './HealthChecks';
import { RunningCode } from './RunningCode';
import { StageActions } from './StageActions';
import { StageCard } from './StageCard';

const useStyles = makeStyles(theme => ({
  // In one line with those of the neighbors.
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: 'auto',
  },
}));

/** One environment of an app: health and reason, the running code, figures and charts of a day, and actions. */
export function EnvironmentPanel({
  app,
  calls,
  commits,
  environment,
  onRollBack,
  pipeline,
  pods,
  stage,
}: {
  app: AppView;
  /** Mean of the last minute; absent until it is known. */
  calls?: CallRate;
  /** Newest first. */
  commits: CommitView[];
  environment: AppEnvironment;
  /** Opens the way back to an earlier release. */
  onRollBack: (release: string) => void;
  pipeline: PipelineView;
  /** Of all environments. */
  pods: PodView[];
  stage: PipelineStage;
}) {
  const classes = useStyles();
  const { name } = stage;
  const own = pods.filter(one => one.environment === name);
  const status = app.status?.environments?.find(one => one.name === name);
  return (
    <StageCard
      stage={stage}
      tenant={app.tenant}
      state={
        <HealthChip
          health={status?.health ?? 'Unknown'}
          stale={status?.stale}
        />
      }
    >
      <div>
        <Message isWarning={status?.canary?.phase === 'RolledBack'}>
          {status ? formatMessage(status.why) : 'No status yet. Wait a moment.'}
        </Message>
        <CanaryEnd canary={status?.canary} />
        {status?.next && (
          <Typography variant="body2" color="textSecondary">
            Next: {status.next}
          </Typography>
        )}
        <StaleNote stale={status?.stale} />
        <ScalingNote environment={environment} />
      </div>
      {stage.asked && <ApprovalPending app={app} pending={stage.asked} />}
      <RunningCode
        app={app}
        commits={commits}
        environment={environment}
        releases={pipeline.releases}
      />
      <Figures
        isDense
        figures={[
          [
            'Pods',
            status
              ? `${status.pods.ready} of ${status.pods.desired} ready`
              : '–',
          ],
          [
            'Deployed',
            <RelativeTime key="deployed" at={deployedAt(app, name)} />,
          ],
          ['Calls now', calls ? formatCalls(calls) : '–'],
        ]}
      />
      <EnvironmentCharts app={app} environment={name} limits={limitsOf(own)} />
      <HealthChecks status={status} />
      <div className={classes.actions}>
        <StageActions
          app={app}
          environment={environment}
          pipeline={pipeline}
          stage={stage}
          onRollBack={onRollBack}
        />
        <EnvironmentActions
          app={app}
          environment={environment}
          pods={own}
          customActions={status?.contract?.verbs}
        />
      </div>
    </StageCard>
  );
}

/** The state of an environment in one or two sentences. */
function Message({
  children,
  isWarning,
}: {
  children: ReactNode;
  isWarning: boolean;
}) {
  return isWarning ? (
    <Alert severity="warning" role="status">
      {children}
    </Alert>
  ) : (
    <Typography variant="body2" role="status">
      {children}
    </Typography>
  );
}

/** Shows when a canary gets all calls, once it is known. */
function CanaryEnd({ canary }: { canary?: AppCanaryStatus }) {
  const isAhead = Date.parse(canary?.endsAt ?? '') > Date.now();
  return canary?.phase === 'Running' && canary.endsAt && isAhead ? (
    <Typography variant="body2" color="textSecondary">
      The canary ends <RelativeTime at={canary.endsAt} />. Without problems, its
      release then gets all calls.
    </Typography>
  ) : null;
}

/** Shows how the number of pods is chosen, if it varies. */
function ScalingNote({ environment }: { environment: AppEnvironment }) {
  const { min = 1, max = 1 } = environment.replicas ?? {};
  const fewest = Math.max(1, min);
  return environment.suspended || fewest >= max ? null : (
    <Typography variant="body2" color="textSecondary">
      Scales from {fewest} to {formatCount(max, 'pod')} by concurrent calls.
    </Typography>
  );
}

/** Limits of the first container, which serves. */
function limitsOf([pod]: PodView[]): Record<string, string> {
  return pod?.containers[0]?.limits ?? {};
}

function formatCalls(calls: CallRate): string {
  const { isPart, perMinute } = calls;
  return `${isPart ? 'at least ' : ''}${perMinute}/min`;
}
