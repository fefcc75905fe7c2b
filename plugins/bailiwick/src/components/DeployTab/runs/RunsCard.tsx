import { useApi } from '@backstage/core-plugin-api';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  WorkView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  RelativeTime,
  RowTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Name } from '../../Name';
import { TabCard } from '../../TabCard';
import { PhaseIcon } from '../../PhaseIcon';
import { useDetail } from '../viewState/useDetail';
import {
  describeOutcome,
  describeResultsPlace,
  describeSchedules,
  describeSteps,
  formatRunDuration,
} from './describeRun';

const useStyles = makeStyles(theme => ({
  intro: { padding: theme.spacing(2) },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Lists the runs of an app with times and results, with actions to start and to cancel one. */
export function RunsCard({ app, work }: { app: AppView; work: WorkView }) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const { tenant } = app;
  const [begun, begin] = useAsyncFn(
    (environment: string) => client.beginRun(tenant, name, { environment }),
    [client, tenant, name],
  );
  const [cancelled, cancel] = useAsyncFn(
    (run: string) => client.cancelRun(tenant, name, run),
    [client, tenant, name],
  );
  const { open } = useDetail();
  const error = begun.error ?? cancelled.error;
  const environments = app.spec.environments.map(one => one.name);
  return (
    <TabCard title="Runs" noPadding>
      <Stack direction="row" justify="space-between" className={classes.intro}>
        <div className={classes.words}>
          <Typography>
            {work.steps.map(step => step.function).join(' → ')}
          </Typography>
          <Typography color="textSecondary">
            {describeSchedules(work.schedules)}
          </Typography>
          <Typography color="textSecondary">
            {describeResultsPlace(app.spec)}
          </Typography>
        </div>
        {app.canBuild && (
          <Stack direction="row" spacing={1}>
            {environments.map(environment => (
              <Button
                key={environment}
                size="small"
                color="primary"
                variant="outlined"
                disabled={begun.loading}
                onClick={() => begin(environment)}
              >
                Run in {environment}
              </Button>
            ))}
          </Stack>
        )}
      </Stack>
      {error && <Alert severity="error">{error.message}</Alert>}
      {work.runs.length > 0 && (
        <RowTable<Run>
          label="Runs"
          rows={work.runs}
          idOf={({ metadata }) => metadata.name}
          columns={[
            {
              title: 'Outcome',
              text: describeOutcome,
              cell: run => (
                <Stack
                  direction="row"
                  spacing={1}
                  align="start"
                  style={{ flexWrap: 'nowrap' }}
                >
                  <PhaseIcon of={run.status?.phase} />
                  <span>{describeOutcome(run)}</span>
                </Stack>
              ),
            },
            { title: 'Environment', text: ({ spec }) => spec.environment },
            {
              title: 'Started by',
              text: ({ spec }) => spec.requestedBy ?? spec.trigger,
              cell: run => <BegunBy run={run} />,
            },
            {
              title: 'Started',
              text: ({ metadata }) => metadata.creationTimestamp ?? '',
              cell: ({ metadata }) => (
                <RelativeTime at={metadata.creationTimestamp} />
              ),
            },
            { title: 'Duration', text: formatRunDuration, align: 'right' },
            { title: 'Steps', text: describeSteps },
            {
              title: 'Log',
              text: () => '',
              cell: ({ metadata }) => (
                <RunLog
                  run={metadata.name}
                  pods={work.pods}
                  onLog={({ environment, name: pod }) =>
                    open({ part: 'logs', environment, pod })
                  }
                />
              ),
            },
            {
              title: 'Cancel',
              text: () => '',
              cell: ({ metadata, spec, status }) =>
                app.canBuild && !status?.finishedAt && !spec.cancelled ? (
                  <Button
                    size="small"
                    variant="outlined"
                    disabled={cancelled.loading}
                    aria-label={`Cancel ${metadata.name}`}
                    onClick={() => cancel(metadata.name)}
                  >
                    Cancel
                  </Button>
                ) : (
                  <>–</>
                ),
            },
          ]}
        />
      )}
    </TabCard>
  );
}

function BegunBy({ run: { spec } }: { run: Run }) {
  if (spec.trigger === 'schedule') return <>Schedule</>;
  if (spec.trigger === 'start') return <>New code</>;
  return spec.requestedBy ? <Name of={spec.requestedBy} /> : <>–</>;
}

/** Link to the output of a run's steps, as long as their pods exist. */
function RunLog({
  onLog,
  pods,
  run,
}: {
  onLog: (pod: WorkView['pods'][number]) => void;
  pods: WorkView['pods'];
  run: string;
}) {
  const own = pods.filter(one => one.run === run);
  if (own.length === 0) return <>–</>;
  return (
    <>
      {own.map((pod, position) => (
        <Button
          key={pod.name}
          size="small"
          variant="outlined"
          aria-label={`Show the log of ${pod.name}`}
          onClick={() => onLog(pod)}
        >
          {own.length === 1 ? 'Log' : `Log ${own.length - position}`}
        </Button>
      ))}
    </>
  );
}
