import type {
  AppView,
  MetricsView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  RowTable,
  Stack,
  useLiveValue,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { MeasureCharts, type Measure } from '../../../charts/MeasureCharts';
import { PointsTable } from '../../../charts/PointsTable';
import { TabCard } from '../../../TabCard';
import { meanOfLastMinute } from './meanOfLastMinute';
import {
  formatCores,
  formatMemory,
  formatRate,
  formatSeconds,
} from './formatMetric';

type Point = MetricsView['points'][number];

/** A rate, whose headline is the mean of the last minute, as on the panel of the environment. */
const rate = (title: string, of: (point: Point) => number): Measure<Point> => ({
  title,
  of,
  format: formatRate,
  now: points => meanOfLastMinute(points, of),
});

const measures: Measure<Point>[] = [
  rate('Calls/min', ({ calls }) => calls),
  rate('Errors/min', ({ errors }) => errors),
  rate('Rows/min', ({ rows }) => rows),
  {
    title: 'Mean latency',
    of: ({ mean }) => mean,
    format: formatSeconds,
  },
  {
    title: 'p95 latency',
    of: ({ p95 }) => p95,
    format: formatSeconds,
  },
];

/** Shows the metrics of an app in an environment, sampled while the page is open. */
export function MetricsCard({
  app,
  environment,
  pods,
}: {
  app: AppView;
  environment: string;
  pods: PodView[];
}) {
  const live = useLiveValue<MetricsView>(
    `/tenants/${app.tenant}/apps/${app.metadata.name}/environments/${environment}/metrics`,
  );
  return (
    <TabCard title={`Live metrics of ${environment}`}>
      <LiveContent live={live} what="Metrics">
        {view => <Metrics pods={pods} view={view} />}
      </LiveContent>
    </TabCard>
  );
}

function Metrics({ pods, view }: { pods: PodView[]; view: MetricsView }) {
  const { markers, minutes, notes, points, seconds, source, use } = view;
  return (
    <Stack>
      <Typography variant="body2" color="textSecondary">
        {source === 'prometheus'
          ? `From Prometheus, every ${withUnit(
              seconds,
              's',
            )} for the last ${withUnit(minutes, 'minutes')}.`
          : `Sampled every ${withUnit(
              seconds,
              's',
            )} while this page is open; samples are kept for ${withUnit(
              minutes,
              'minutes',
            )}.`}{' '}
        {notes.join(' ')}
      </Typography>
      {points.length === 0 ? (
        <Typography role="status">Waiting for the second sample</Typography>
      ) : (
        <MeasureCharts
          interval={seconds}
          markers={markers}
          measures={measures}
          points={points}
        />
      )}
      {use.length > 0 && (
        <RowTable
          label="Resource usage"
          rows={use}
          idOf={({ pod }) => pod}
          columns={[
            { title: 'Pod', text: ({ pod }) => pod },
            {
              title: 'Calls since start',
              align: 'right',
              text: ({ calls }) => (calls === undefined ? '–' : String(calls)),
            },
            {
              title: 'Running calls',
              align: 'right',
              text: ({ running }) =>
                running === undefined ? '–' : String(running),
            },
            {
              title: 'Memory',
              align: 'right',
              text: ({ memory, pod }) =>
                formatMemory(memory, limitOf(pods, pod, 'memory')),
            },
            {
              title: 'CPU',
              align: 'right',
              text: ({ cores, pod }) =>
                formatCores(cores, limitOf(pods, pod, 'cpu')),
            },
          ]}
        />
      )}
      <PointsTable
        label="Metrics as a table"
        measures={measures}
        points={points}
        time="Until"
        what="table"
      />
    </Stack>
  );
}

function limitOf(
  pods: PodView[],
  name: string,
  what: string,
): string | undefined {
  const pod = pods.find(one => one.name === name);
  return pod?.containers[0]?.limits[what];
}
