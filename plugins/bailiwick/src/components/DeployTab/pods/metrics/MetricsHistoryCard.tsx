import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  RowTable,
  Stack,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { useCallHistory } from '../../../calls/useCallHistory';
import { MeasureCharts, type Measure } from '../../../charts/MeasureCharts';
import { PointsTable } from '../../../charts/PointsTable';
import { SelectField } from '../../../SelectField';
import { TabCard } from '../../../TabCard';
import { formatCpu, formatRate, formatSeconds } from './formatMetric';

type Point = CallHistoryView['points'][number];

const spans = { 'Last 24 hours': 'day', 'Last 3 hours': 'hours' } as const;
type SpanTitle = keyof typeof spans;

/** Calls, errors and rows as rates, so that both spans have one unit. */
function measuresOf(seconds: number): Measure<Point>[] {
  const rate = (count?: number) =>
    Number.isFinite(count) ? (count! * 60) / seconds : undefined;
  return [
    {
      title: 'Calls per minute',
      of: ({ calls }) => rate(calls),
      format: formatRate,
    },
    {
      title: 'Errors per minute',
      of: ({ errors }) => rate(errors),
      format: formatRate,
    },
    {
      title: 'p95 latency',
      of: ({ p95 }) => p95,
      format: formatSeconds,
    },
    {
      title: 'Rows per minute',
      of: ({ rows }) => rate(rows),
      format: formatRate,
    },
    {
      title: 'CPU of the busiest pod',
      of: ({ cores }) => cores,
      format: formatCpu,
    },
    {
      title: 'Memory of the largest pod',
      // In the unit of the axis, whose steps are round numbers.
      of: ({ memory }) => memory && memory / 2 ** 20,
      format: mebibytes => withUnit(Math.round(mebibytes), 'MiB'),
    },
  ];
}

/**
 * Returns the slots whose rates can be compared. The newest slot is still counting: its counts are scaled to a whole slot
 * from the second minute on, and left out before.
 */
function completePoints({ points, seconds }: CallHistoryView): Point[] {
  const complete = points.slice(0, -1);
  const open = points[points.length - 1];
  const elapsed = (Date.now() - Date.parse(open.at)) / 1_000;
  if (elapsed < 60 || seconds <= 60) return complete;
  const scale = (count?: number) =>
    count && (count * seconds) / Math.min(seconds, elapsed);
  return [
    ...complete,
    {
      ...open,
      calls: scale(open.calls),
      errors: scale(open.errors),
      rows: scale(open.rows),
    },
  ];
}

/** Charts of the calls through the gateway and of the pods in one environment, from before the page was opened. */
export function MetricsHistoryCard({
  app,
  environment,
  onEnvironment,
}: {
  app: AppView;
  environment: string;
  onEnvironment: (environment: string) => void;
}) {
  const [title, setTitle] = useState<SpanTitle>('Last 24 hours');
  const { error, value } = useCallHistory({
    app: app.metadata.name,
    environment,
    span: spans[title],
    tenant: app.tenant,
  });
  return (
    <TabCard title={`Metrics of ${environment}`}>
      <Stack>
        <Stack direction="row">
          {app.spec.environments.length > 1 && (
            <SelectField
              label="Environment"
              value={environment}
              options={app.spec.environments.map(({ name }) => name)}
              onChange={onEnvironment}
            />
          )}
          <SelectField
            label="Time range"
            value={title}
            options={Object.keys(spans)}
            onChange={chosen => setTitle(chosen as SpanTitle)}
          />
        </Stack>
        {value && <History view={value} />}
        {!value && error && (
          <Typography color="textSecondary">
            Can’t load the metrics: {withFullStop(error.message)} Reload the
            page to try again.
          </Typography>
        )}
        {!value && !error && <Skeleton variant="rect" height={460} />}
      </Stack>
    </TabCard>
  );
}

function History({ view }: { view: CallHistoryView }) {
  const { functions, markers, notes, seconds, total } = view;
  const points = completePoints(view);
  const measures = measuresOf(seconds);
  return (
    <Stack>
      <Typography variant="body2" color="textSecondary">
        {total.since
          ? `${formatCount(
              total.calls,
              'call',
            )} through the gateway, ${formatCount(total.errors, 'error')}.`
          : 'No calls recorded yet. Calls are recorded while a gateway is running.'}{' '}
        {notes.join(' ')}
      </Typography>
      <MeasureCharts markers={markers} measures={measures} points={points} />
      {functions.length > 0 && (
        <RowTable
          label="Calls by function"
          rows={functions}
          idOf={({ fn }) => fn}
          columns={[
            { title: 'Function', text: ({ fn }) => fn },
            {
              title: 'Calls',
              align: 'right',
              text: ({ calls }) => calls.toLocaleString('en'),
            },
            {
              title: 'Errors',
              align: 'right',
              text: ({ errors }) => errors.toLocaleString('en'),
            },
          ]}
        />
      )}
      <PointsTable
        label="Metrics over time"
        measures={measures}
        points={points}
        time="From"
        what="metrics table"
      />
    </Stack>
  );
}
