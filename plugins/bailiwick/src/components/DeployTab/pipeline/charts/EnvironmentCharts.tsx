import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import type { ReactNode } from 'react';
import { Sparkline } from '../../../calls/Sparkline';
import { useCallHistory } from '../../../calls/useCallHistory';
import { formatCores, formatMemory } from '../../pods/metrics/formatMetric';
import { AreaSparkline } from './AreaSparkline';

/** Pixels. */
const chartHeight = 32;
/** Titles of the tiles. */
const titles = {
  calls: 'Calls, 24 h',
  cpu: 'CPU peak, 24 h',
  memory: 'Memory peak, 24 h',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(96px, 1fr))',
    gap: theme.spacing(1, 2),
  },
  // The charts are aligned, also where a figure wraps.
  tile: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    margin: 0,
    minWidth: 0,
  },
  name: { display: 'block', color: theme.palette.text.secondary },
  figure: {
    minHeight: 20,
    overflowWrap: 'anywhere',
    // Figures wrap there; a second line must not push the page down when they arrive.
    [theme.breakpoints.down('xs')]: { minHeight: 40 },
  },
  errors: { color: theme.palette.error.main },
}));

/** Calls, CPU and memory of an app in an environment: one figure and one chart each, both of the last 24 hours. */
export function EnvironmentCharts({
  app,
  environment,
  limits,
}: {
  app: AppView;
  environment: string;
  /** Kubernetes quantities of a pod, by resource. */
  limits: Record<string, string>;
}) {
  const classes = useStyles();
  const { error, value } = useCallHistory({
    app: app.metadata.name,
    environment,
    span: 'day',
    tenant: app.tenant,
  });
  if (!value && error)
    return (
      <Typography variant="caption" color="textSecondary">
        Can’t load the metrics: {withFullStop(error.message)} Reload the page to
        try again.
      </Typography>
    );
  if (!value)
    return (
      <div className={classes.root} aria-busy>
        {Object.values(titles).map(title => (
          <Tile
            key={title}
            name={title}
            chart={<Skeleton variant="rect" height={chartHeight} />}
          />
        ))}
      </div>
    );
  return (
    <section
      className={classes.root}
      aria-label={`Last 24 hours in ${environment}`}
    >
      <CallsTile view={value} />
      <UsageTile
        name={titles.cpu}
        of={({ cores }) => cores}
        format={cores => formatCores(cores, limits.cpu)}
        view={value}
      />
      <UsageTile
        name={titles.memory}
        of={({ memory }) => memory}
        format={bytes => formatMemory(bytes, limits.memory)}
        view={value}
      />
    </section>
  );
}

function CallsTile({
  view: {
    points,
    total: { calls, errors, since },
  },
}: {
  view: CallHistoryView;
}) {
  const classes = useStyles();
  const words = since
    ? `${formatCount(calls, 'call')}, ${formatCount(errors, 'error')}`
    : 'unknown';
  return (
    <Tile
      name={titles.calls}
      figure={
        since ? (
          <>
            {calls}
            {errors > 0 && (
              <span className={classes.errors}>
                {' · '}
                {formatCount(errors, 'error')}
              </span>
            )}
          </>
        ) : (
          '–'
        )
      }
      chart={
        <Sparkline
          height={chartHeight}
          label={`${titles.calls}: ${words}`}
          points={points}
        />
      }
    />
  );
}

function UsageTile({
  format,
  name,
  of,
  view: { points },
}: {
  format: (value: number) => string;
  name: string;
  of: (point: CallHistoryView['points'][number]) => number | undefined;
  view: CallHistoryView;
}) {
  const values = points.map(of);
  const known = values.filter(value => value !== undefined);
  const figure = known.length > 0 ? format(Math.max(...known)) : '–';
  return (
    <Tile
      name={name}
      figure={figure}
      chart={
        <AreaSparkline
          height={chartHeight}
          label={`${name}: ${known.length > 0 ? figure : 'unknown'}`}
          values={values}
        />
      }
    />
  );
}

function Tile({
  chart,
  figure,
  name,
}: {
  chart: ReactNode;
  /** Absent while it loads. */
  figure?: ReactNode;
  name: string;
}) {
  const classes = useStyles();
  return (
    <figure className={classes.tile}>
      <figcaption>
        <Typography className={classes.name} variant="caption">
          {name}
        </Typography>
        <Typography className={classes.figure} variant="body2">
          {figure}
        </Typography>
      </figcaption>
      {chart}
    </figure>
  );
}
