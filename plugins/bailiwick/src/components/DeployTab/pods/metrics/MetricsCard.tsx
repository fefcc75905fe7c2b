import { InfoCard } from '@backstage/core-components';
import type {
  AppView,
  MetricsView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatBytes,
  LiveContent,
  RowTable,
  Stack,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useState } from 'react';
import { SelectField } from '../../../SelectField';
import {
  MeasureCharts,
  measureColumns,
  type Measure,
} from '../../../MeasureCharts';
import { formatCores, formatRate, formatSeconds } from './formatMetric';

const measures: Measure<MetricsView['points'][number]>[] = [
  { title: 'Calls a minute', of: ({ calls }) => calls, format: formatRate },
  { title: 'Errors a minute', of: ({ errors }) => errors, format: formatRate },
  { title: 'Rows a minute', of: ({ rows }) => rows, format: formatRate },
  {
    title: 'Time of a call, mean',
    of: ({ mean }) => mean,
    format: formatSeconds,
  },
  {
    title: 'Time within which 95 % end',
    of: ({ p95 }) => p95,
    format: formatSeconds,
  },
];

/** What the pods of an app count in an environment, while somebody looks. */
export function MetricsCard({
  app,
  environment,
  onEnvironment,
  pods,
}: {
  app: AppView;
  environment: string;
  onEnvironment: (environment: string) => void;
  pods: PodView[];
}) {
  const live = useLiveValue<MetricsView>(
    `/tenants/${app.tenant}/apps/${app.metadata.name}/environments/${environment}/metrics`,
  );
  return (
    <InfoCard title={`Metrics of ${environment}`}>
      {app.spec.environments.length > 1 && (
        <SelectField
          label="Environment"
          value={environment}
          options={app.spec.environments.map(({ name }) => name)}
          onChange={onEnvironment}
        />
      )}
      <LiveContent live={live} what="Metrics">
        {view => <Metrics pods={pods} view={view} />}
      </LiveContent>
    </InfoCard>
  );
}

function Metrics({ pods, view }: { pods: PodView[]; view: MetricsView }) {
  const [hasTable, setTable] = useState(false);
  const { markers, minutes, notes, points, seconds, source, use } = view;
  return (
    <Stack>
      <Typography variant="body2" color="textSecondary">
        {source === 'prometheus'
          ? `Counted by Prometheus, shown every ${seconds} s for the last ${minutes} minutes.`
          : `Counted by the runtime, every ${seconds} s while somebody looks, for ${minutes} minutes.`}{' '}
        {notes.join(' ')}
      </Typography>
      {points.length === 0 ? (
        <Typography role="status">
          The first numbers come after two samples.
        </Typography>
      ) : (
        <MeasureCharts markers={markers} measures={measures} points={points} />
      )}
      {use.length > 0 && (
        <RowTable
          label="What pods take"
          rows={use}
          idOf={({ pod }) => pod}
          columns={[
            { title: 'Pod', text: ({ pod }) => pod },
            {
              title: 'Memory',
              align: 'right',
              text: ({ memory, pod }) =>
                formatShare(memory, formatBytes, limitOf(pods, pod, 'memory')),
            },
            {
              title: 'Processors',
              align: 'right',
              text: ({ cores, pod }) =>
                formatShare(cores, formatCores, limitOf(pods, pod, 'cpu')),
            },
          ]}
        />
      )}
      <div>
        <Button
          size="small"
          variant="outlined"
          aria-expanded={hasTable}
          onClick={() => setTable(!hasTable)}
        >
          {hasTable ? 'Without the table' : 'As a table'}
        </Button>
      </div>
      {hasTable && (
        <RowTable
          label="Metrics as a table"
          rows={[...points].reverse()}
          idOf={({ at }) => at}
          columns={[
            {
              title: 'Until',
              text: ({ at }) =>
                new Date(at).toLocaleTimeString([], { hour12: false }),
            },
            ...measureColumns(measures),
          ]}
        />
      )}
    </Stack>
  );
}

function formatShare(
  value: number | undefined,
  format: (value: number) => string,
  limit: string | undefined,
): string {
  const words = value === undefined ? 'not known yet' : format(value);
  return limit ? `${words} of ${limit}` : words;
}

function limitOf(
  pods: PodView[],
  name: string,
  what: string,
): string | undefined {
  const pod = pods.find(one => one.name === name);
  return pod?.containers[0]?.limits[what];
}
