import type {
  AppView,
  CallsView,
  CommitView,
  PipelineStage,
  PipelineView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  formatRelease,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import ArrowDownwardIcon from '@material-ui/icons/ArrowDownward';
import ArrowForwardIcon from '@material-ui/icons/ArrowForward';
import { Fragment, useState } from 'react';
import { EnvironmentPanel } from './EnvironmentPanel';
import { DifferenceList } from './DifferenceList';
import { EmptyStage } from './EmptyStage';
import { commitIn, environmentIn, nextMove } from './stages';
import { PromotionDialog } from './PromotionDialog';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'stretch',
    gap: theme.spacing(1),
    [theme.breakpoints.down('sm')]: { flexDirection: 'column' },
  },
  stage: { flex: '1 1 240px', minWidth: 0, display: 'grid' },
  arrow: {
    flex: '0 0 92px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    gap: theme.spacing(0.5),
    [theme.breakpoints.down('sm')]: { flexBasis: 'auto' },
  },
  across: { [theme.breakpoints.down('sm')]: { display: 'none' } },
  down: { [theme.breakpoints.up('md')]: { display: 'none' } },
  differences: {
    flexBasis: '100%',
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** The environments of an app from left to right, with the next step between two of them. */
export function Pipeline({
  app,
  commits,
  pipeline,
  pods,
}: {
  app: AppView;
  /** Newest first. */
  commits: CommitView[];
  pipeline: PipelineView;
  pods: PodView[];
}) {
  const classes = useStyles();
  const [promoted, setPromoted] = useState<{
    stage: PipelineStage;
    release: string;
  }>();
  const [compared, setCompared] = useState<string>();
  const { value: busy } = useLiveValue<CallsView>(
    `/tenants/${app.tenant}/apps/${app.metadata.name}/calls`,
  );
  const { stages } = pipeline;
  const shown = stages.findIndex(({ name }) => name === compared);
  const differences = stages[shown]?.differences;
  return (
    <>
      <div className={classes.row}>
        {stages.map((stage, position) => {
          const environment = environmentIn(app, stage.name);
          return (
            <Fragment key={stage.name}>
              {position > 0 && (
                <Arrow
                  app={app}
                  from={stages[position - 1]}
                  pipeline={pipeline}
                  to={stage}
                  isCompared={compared === stage.name}
                  onCompare={() =>
                    setCompared(
                      compared === stage.name ? undefined : stage.name,
                    )
                  }
                  onPromote={release => setPromoted({ stage, release })}
                />
              )}
              <div className={classes.stage}>
                {environment ? (
                  <EnvironmentPanel
                    app={app}
                    calls={busy?.calls[stage.name]}
                    commits={commits}
                    environment={environment}
                    pipeline={pipeline}
                    pods={pods}
                    stage={stage}
                    onRollBack={release => setPromoted({ stage, release })}
                  />
                ) : (
                  <EmptyStage app={app} stage={stage} />
                )}
              </div>
            </Fragment>
          );
        })}
        {differences && (
          <section
            id="differences"
            className={classes.differences}
            aria-label={`${stages[shown - 1].name} compared with ${compared}`}
          >
            <Typography variant="subtitle1" component="h3" gutterBottom>
              Changes in {stages[shown - 1].name} since {compared}
            </Typography>
            <DifferenceList
              app={app.metadata.name}
              tenant={app.tenant}
              differences={differences}
              commits={commitsBetween(app, compared!, stages[shown - 1].name)}
            />
          </section>
        )}
      </div>
      {promoted && (
        <PromotionDialog
          app={app}
          pipeline={pipeline}
          stage={promoted.stage}
          initialRelease={promoted.release}
          onClose={() => setPromoted(undefined)}
        />
      )}
    </>
  );
}

/** Draws the step from one environment to the next, with the differences. */
function Arrow({
  app,
  from,
  isCompared,
  onCompare,
  onPromote,
  pipeline,
  to,
}: {
  app: AppView;
  from: PipelineStage;
  isCompared: boolean;
  onCompare: () => void;
  onPromote: (release: string) => void;
  pipeline: PipelineView;
  to: PipelineStage;
}) {
  const classes = useStyles();
  const move = nextMove(app, pipeline, from, to);
  const { asked, differences, refusal } = to;
  return (
    <div className={classes.arrow}>
      <ArrowForwardIcon className={classes.across} color="action" aria-hidden />
      <ArrowDownwardIcon className={classes.down} color="action" aria-hidden />
      {'release' in move && !refusal && !asked && (
        <Button
          size="small"
          variant="contained"
          color="primary"
          aria-label={`Promote ${formatRelease(move.release.name)} to ${
            to.name
          }`}
          onClick={() => onPromote(move.release.name)}
        >
          Promote {formatRelease(move.release.name)}
        </Button>
      )}
      {'release' in move && refusal && (
        <Typography variant="caption" color="textSecondary">
          {formatRelease(move.release.name)} is ready to promote. {refusal}.
        </Typography>
      )}
      {'why' in move && !asked && (
        <Typography variant="caption" color="textSecondary">
          {move.why}
        </Typography>
      )}
      {differences && differences.length > 0 && (
        <Button
          size="small"
          aria-expanded={isCompared}
          aria-controls="differences"
          onClick={onCompare}
        >
          {formatCount(differences.length, 'difference')}
        </Button>
      )}
    </div>
  );
}

function commitsBetween(app: AppView, from: string, to: string) {
  const [one, other] = [commitIn(app, from), commitIn(app, to)];
  return one && other ? { from: one, to: other } : undefined;
}
