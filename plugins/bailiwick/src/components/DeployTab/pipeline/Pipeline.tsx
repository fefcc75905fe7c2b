import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  AppView,
  CallRate,
  CallsView,
  PipelineStage,
  PipelineView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveValue } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import ArrowDownwardIcon from '@material-ui/icons/ArrowDownward';
import ArrowForwardIcon from '@material-ui/icons/ArrowForward';
import { useState } from 'react';
import { tenantRouteRef } from '../../../routes';
import { Name } from '../../Name';
import { EnvironmentPanel } from './EnvironmentPanel';
import { DifferenceList } from './DifferenceList';
import { EmptyStage } from './EmptyStage';
import { commitIn, environmentIn, nextMove } from './stages';
import { PromotionDialog } from './PromotionDialog';
import { StageActions } from './StageActions';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'stretch',
    gap: theme.spacing(1.5),
    [theme.breakpoints.down('sm')]: { flexDirection: 'column' },
  },
  stage: { flex: '1 1 300px', minWidth: 0, display: 'grid' },
  arrow: {
    flex: '0 0 150px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    gap: theme.spacing(1),
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

/** The environments of an app from left to right, and between two of them what may go on. */
export function Pipeline({
  app,
  pipeline,
  pods,
}: {
  app: AppView;
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
        {stages.map((stage, position) => (
          <Stage
            key={stage.name}
            app={app}
            calls={busy?.calls[stage.name]}
            pipeline={pipeline}
            pods={pods}
            stage={stage}
            before={stages[position - 1]}
            isCompared={compared === stage.name}
            onCompare={() =>
              setCompared(compared === stage.name ? undefined : stage.name)
            }
            onPromote={release => setPromoted({ stage, release })}
          />
        ))}
        {differences && (
          <section
            id="differences"
            className={classes.differences}
            aria-label={`${stages[shown - 1].name} beside ${compared}`}
          >
            <Typography variant="subtitle1" component="h3" gutterBottom>
              What {stages[shown - 1].name} has otherwise than {compared}
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

function Stage({
  app,
  before,
  calls,
  isCompared,
  onCompare,
  onPromote,
  pipeline,
  pods,
  stage,
}: {
  app: AppView;
  before?: PipelineStage;
  calls?: CallRate;
  isCompared: boolean;
  onCompare: () => void;
  onPromote: (release: string) => void;
  pipeline: PipelineView;
  pods: PodView[];
  stage: PipelineStage;
}) {
  const classes = useStyles();
  const environment = environmentIn(app, stage.name);
  return (
    <>
      {before && (
        <Arrow
          app={app}
          from={before}
          pipeline={pipeline}
          to={stage}
          isCompared={isCompared}
          onCompare={onCompare}
          onPromote={onPromote}
        />
      )}
      <div className={classes.stage}>
        {environment ? (
          <EnvironmentPanel
            app={app}
            calls={calls}
            environment={environment}
            isProtected={stage.protected}
            pods={pods.filter(one => one.environment === stage.name)}
            status={app.status?.environments?.find(
              ({ name }) => name === stage.name,
            )}
          >
            <StageActions
              app={app}
              environment={environment}
              pipeline={pipeline}
              stage={stage}
            />
          </EnvironmentPanel>
        ) : (
          <EmptyStage stage={stage} />
        )}
      </div>
    </>
  );
}

/** What goes from one environment to the next, and what is otherwise there. */
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
      {asked && <Asked app={app} asked={asked} />}
      {'release' in move && !refusal && !asked && (
        <Button
          size="small"
          variant="contained"
          color="primary"
          onClick={() => onPromote(move.release.name)}
        >
          Promote r{move.release.number} to {to.name}
        </Button>
      )}
      {'release' in move && refusal && (
        <Typography variant="body2">
          r{move.release.number} could go on. {refusal}.
        </Typography>
      )}
      {'why' in move && <Typography variant="body2">{move.why}</Typography>}
      {differences && differences.length > 0 && (
        <Button
          size="small"
          aria-expanded={isCompared}
          aria-controls="differences"
          onClick={onCompare}
        >
          {differences.length === 1
            ? '1 difference'
            : `${differences.length} differences`}
        </Button>
      )}
    </div>
  );
}

function Asked({
  app,
  asked: { by, release, request },
}: {
  app: AppView;
  asked: NonNullable<PipelineStage['asked']>;
}) {
  const toTenant = useRouteRef(tenantRouteRef);
  const to = `${toTenant({
    tenant: app.tenant,
  })}/requests?request=${request}`;
  return (
    <Typography variant="body2">
      <Name of={by} /> asks for <Link to={to}>{release}</Link>
    </Typography>
  );
}

function commitsBetween(app: AppView, from: string, to: string) {
  const [one, other] = [commitIn(app, from), commitIn(app, to)];
  return one && other ? { from: one, to: other } : undefined;
}
