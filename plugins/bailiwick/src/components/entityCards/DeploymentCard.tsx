import { LinkButton } from '@backstage/core-components';
import type {
  AppView,
  CommitView,
  DeploymentView,
  PipelineStage,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatMessage,
  formatRelease,
  HealthChip,
  LiveMark,
  RelativeTime,
  Stack,
  type Live,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import ArrowForwardIcon from '@material-ui/icons/ArrowForward';
import LockIcon from '@material-ui/icons/Lock';
import { Fragment } from 'react';
import { deployedAt } from '../deployedAt';
import { RunningCode } from '../DeployTab/pipeline/RunningCode';
import { environmentIn } from '../DeployTab/pipeline/stages';
import { useCommits } from '../DeployTab/useCommits';
import { Figures } from '../Figures';
import { StaleNote } from '../StaleNote';
import { TabCard } from '../TabCard';

const useStyles = makeStyles(theme => ({
  pipeline: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'stretch',
    gap: theme.spacing(1.5),
  },
  stage: {
    flex: '1 1 200px',
    minWidth: 0,
    display: 'grid',
    alignContent: 'start',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflowWrap: 'anywhere',
  },
  header: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  arrow: {
    alignSelf: 'center',
    color: theme.palette.text.secondary,
    // The environments may stand below each other.
    [theme.breakpoints.down('sm')]: { display: 'none' },
  },
  lock: {
    marginLeft: theme.spacing(0.5),
    verticalAlign: '-2px',
    color: theme.palette.text.secondary,
  },
}));

/** Heights of the pipeline and the button below it. */
const skeletons = [176, 30];

/** The environments of an app as a compact pipeline: health, running code and its author, pods. */
export function DeploymentCard({
  live,
  page,
}: {
  live: Live<DeploymentView>;
  /** Address of the app's page. */
  page: string;
}) {
  return (
    <TabCard title="Environments" action={<LiveMark live={live} />}>
      <LiveContent live={live} skeletons={skeletons} what="Health">
        {({ app, pipeline }) => (
          <Stack>
            <Environments app={app} pipeline={pipeline} />
            <div>
              <LinkButton to={`${page}/deploy`} size="small" variant="outlined">
                View deployment
              </LinkButton>
            </div>
          </Stack>
        )}
      </LiveContent>
    </TabCard>
  );
}

function Environments({
  app,
  pipeline: { releases, stages },
}: {
  app: AppView;
  pipeline: PipelineView;
}) {
  const classes = useStyles();
  const { commits } = useCommits(app);
  return (
    <section className={classes.pipeline} aria-label="Environments">
      {stages.map((stage, position) => (
        <Fragment key={stage.name}>
          {position > 0 && (
            <ArrowForwardIcon
              className={classes.arrow}
              fontSize="small"
              aria-hidden
            />
          )}
          <Stage
            app={app}
            commits={commits}
            releases={releases}
            stage={stage}
          />
        </Fragment>
      ))}
    </section>
  );
}

function Stage({
  app,
  commits,
  releases,
  stage: { asked, name, protected: isProtected },
}: {
  app: AppView;
  /** Newest first. */
  commits: CommitView[];
  releases: PipelineView['releases'];
  stage: PipelineStage;
}) {
  const classes = useStyles();
  const environment = environmentIn(app, name);
  const status = app.status?.environments?.find(one => one.name === name);
  return (
    <div className={classes.stage}>
      <div className={classes.header}>
        <Typography variant="subtitle2" component="h4">
          {name}
          {isProtected && (
            <LockIcon
              className={classes.lock}
              fontSize="inherit"
              titleAccess="protected"
            />
          )}
        </Typography>
        {environment && (
          <HealthChip
            health={status?.health ?? 'Unknown'}
            stale={status?.stale}
          />
        )}
      </div>
      {environment ? (
        <>
          <div>
            <Typography variant="body2">
              {status
                ? formatMessage(status.why)
                : 'No status yet. Wait a moment.'}
            </Typography>
            <StaleNote stale={status?.stale} />
          </div>
          <RunningCode
            app={app}
            commits={commits}
            environment={environment}
            releases={releases}
          />
          <Figures
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
            ]}
          />
        </>
      ) : (
        <Typography variant="body2" color="textSecondary">
          Not deployed
        </Typography>
      )}
      {asked && (
        <Typography variant="body2" role="status">
          {formatRelease(asked.release)}: approval pending
        </Typography>
      )}
    </div>
  );
}
