import { InfoCard } from '@backstage/core-components';
import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  RowTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { MeasureCharts, type Measure } from '../charts/MeasureCharts';
import { PointsTable } from '../charts/PointsTable';
import {
  formatRate,
  formatSeconds,
} from '../DeployTab/pods/metrics/formatMetric';
import { SelectField } from '../SelectField';
import { useCallHistory } from './useCallHistory';

type Point = CallHistoryView['points'][number];

const spans = { 'Last 24 hours': 'day', 'Last 3 hours': 'hours' } as const;
type SpanTitle = keyof typeof spans;

/** Calls and errors as rates, so that both spans have one unit. */
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
      title: 'p95 response time',
      of: ({ p95 }) => p95,
      format: formatSeconds,
    },
  ];
}

/**
 * Returns the slots whose rates can be compared. The newest slot is still counting: its calls are scaled to a whole slot
 * from the second minute on, and left out before.
 */
function completePoints({ points, seconds }: CallHistoryView): Point[] {
  const complete = points.slice(0, -1);
  const open = points[points.length - 1];
  const elapsed = (Date.now() - Date.parse(open.at)) / 1_000;
  if (!Number.isFinite(open.calls) || elapsed < 60 || seconds <= 60)
    return complete;
  const scale = seconds / Math.min(seconds, elapsed);
  return [
    ...complete,
    {
      ...open,
      calls: open.calls! * scale,
      errors: (open.errors ?? 0) * scale,
    },
  ];
}

/** Charts of the calls through the gateway in one environment, from before the page was opened. */
export function CallHistoryCard({
  app,
  environment,
  tenant,
}: {
  app: string;
  environment: string;
  tenant: string;
}) {
  const [title, setTitle] = useState<SpanTitle>('Last 24 hours');
  const { error, value } = useCallHistory({
    app,
    environment,
    span: spans[title],
    tenant,
  });
  return (
    <InfoCard title={`Gateway calls in ${environment}`}>
      <Stack>
        <SelectField
          label="Time range"
          value={title}
          options={Object.keys(spans)}
          onChange={chosen => setTitle(chosen as SpanTitle)}
        />
        {value && <History view={value} />}
        {!value && error && (
          <Typography color="textSecondary">
            Can’t load the calls: {error.message}
          </Typography>
        )}
        {!value && !error && <Skeleton variant="rect" height={240} />}
      </Stack>
    </InfoCard>
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
          ? `${formatCount(total.calls, 'call')}, ${formatCount(
              total.errors,
              'error',
            )}.`
          : 'No gateway has counted calls.'}{' '}
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
        label="Gateway calls as a table"
        measures={measures}
        points={points}
        time="From"
        what="calls table"
      />
    </Stack>
  );
}
