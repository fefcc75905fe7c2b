import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  CommitView,
  DeploymentView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Paper, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { LinkTabs } from '../../LinkTabs';
import { DangerZone } from './DangerZone';
import { ConditionsCard } from './ConditionsCard';
import { BuildsCard } from '../builds/BuildsCard';
import { HistoryCard } from '../pipeline/HistoryCard';
import { ReleasesCard } from '../pipeline/ReleasesCard';
import { EventsCard, troublesOf } from '../pods/EventsCard';
import { LogCard } from '../pods/log/LogCard';
import { MetricsCard } from '../pods/metrics/MetricsCard';
import { MetricsHistoryCard } from '../pods/metrics/MetricsHistoryCard';
import { PodDrawer } from '../pods/PodDrawer';
import { PodsTable } from '../pods/PodsTable';
import { TerminalCard } from '../pods/terminal/TerminalCard';
import { useRights } from '../pods/useRights';
import { parts, searchOf, useDetail, type Part } from '../viewState/useDetail';

const useStyles = makeStyles(theme => ({
  empty: { padding: theme.spacing(2) },
}));

const titles: Record<Part, string> = {
  pods: 'Pods',
  logs: 'Logs',
  events: 'Events',
  metrics: 'Metrics',
  builds: 'Builds',
  history: 'History',
  settings: 'Settings',
};

/** Content of the parts that are empty until the app runs. */
const ofNowhere: Partial<Record<Part, string>> = {
  logs: 'Logs of its pods will appear here.',
  metrics: 'Calls, CPU and memory will appear here.',
};

/** The parts of an app below its environments, one per tab, and the open terminal. */
export function Details({
  commits,
  commitsError,
  view,
}: {
  /** Newest first. */
  commits: CommitView[];
  /** Why the commits are missing. */
  commitsError?: Error;
  view: DeploymentView;
}) {
  const { detail } = useDetail();
  const [terminal, setTerminal] = useState<PodView>();
  const panel = useRef<HTMLDivElement>(null);
  const { app, events, pods } = view;
  const { part } = detail;
  const { key, state } = useLocation();

  // Keyboard focus follows a link from elsewhere on the page.
  useEffect(() => {
    if (state?.hasJumped) panel.current?.focus();
  }, [key, state]);

  const troubles = troublesOf(events, pods).length;
  const titleOf = (one: Part) =>
    one === 'events' && troubles > 0
      ? `Events (${formatCount(troubles, 'warning')})`
      : titles[one];
  return (
    <Stack spacing={3}>
      <LinkTabs
        label="Parts of the app"
        panelRef={panel}
        shown={part}
        tabs={parts.map(one => ({
          key: one,
          title: titleOf(one),
          to: { search: searchOf({ part: one }).toString() },
        }))}
      >
        <PartContent
          commits={commits}
          commitsError={commitsError}
          view={view}
          onTerminal={setTerminal}
        />
      </LinkTabs>
      {terminal && (
        <TerminalCard
          key={terminal.name}
          app={app}
          pod={terminal}
          onClose={() => setTerminal(undefined)}
        />
      )}
    </Stack>
  );
}

function PartContent({
  commits,
  commitsError,
  onTerminal,
  view,
}: {
  commits: CommitView[];
  commitsError?: Error;
  onTerminal: (pod: PodView) => void;
  view: DeploymentView;
}) {
  const classes = useStyles();
  const { app, builds, events, pipeline, pods, work } = view;
  const { detail, turnTo } = useDetail();
  const environments = app.spec.environments.map(({ name }) => name);
  const environment: string | undefined =
    environments.find(name => name === detail.environment) ?? environments[0];
  const empty = environment ? undefined : ofNowhere[detail.part];
  if (detail.part === 'settings') return <DangerZone app={app} />;
  if (empty)
    return (
      <Paper className={classes.empty}>
        <Typography color="textSecondary">
          The app does not run in any environment yet. {empty}
        </Typography>
      </Paper>
    );
  switch (detail.part) {
    case 'logs':
      return (
        <LogCard
          app={app}
          environment={environment}
          pods={pods}
          runs={work?.pods}
        />
      );
    case 'events':
      return (
        <Grid container spacing={3}>
          <Grid item xs={12} md={7}>
            <EventsCard events={events} pods={pods} />
          </Grid>
          <Grid item xs={12} md={5}>
            <ConditionsCard conditions={app.status?.conditions} />
          </Grid>
        </Grid>
      );
    case 'metrics':
      return (
        <Stack spacing={3}>
          <MetricsHistoryCard
            app={app}
            environment={environment}
            onEnvironment={name =>
              turnTo({ part: 'metrics', environment: name })
            }
          />
          <MetricsCard
            key={environment}
            app={app}
            environment={environment}
            pods={pods}
          />
        </Stack>
      );
    case 'builds':
      return <BuildsCard app={app} builds={builds} commits={commits} />;
    case 'history':
      return (
        <Stack spacing={3}>
          {commitsError && (
            <Alert severity="warning">
              Can’t load commit messages and authors:{' '}
              {withFullStop(commitsError.message)} Reload the page to try again.
            </Alert>
          )}
          <ReleasesCard app={app} commits={commits} pipeline={pipeline} />
          <HistoryCard app={app} commits={commits} pipeline={pipeline} />
        </Stack>
      );
    default:
      return <Pods view={view} onTerminal={onTerminal} />;
  }
}

function Pods({
  onTerminal,
  view: { app, events, pods },
}: {
  onTerminal: (pod: PodView) => void;
  view: DeploymentView;
}) {
  const { detail, open, turnTo } = useDetail();
  const { rights, unknown } = useRights(app);
  const shown = pods.find(({ name }) => name === detail.pod);
  const right = shown && rights[shown.environment];
  return (
    <>
      {detail.pod && !shown && (
        <Alert severity="info" onClose={() => turnTo({ part: 'pods' })}>
          Pod {detail.pod} was deleted.
        </Alert>
      )}
      <PodsTable
        pods={pods}
        rights={rights}
        unknown={unknown}
        onDetail={({ name }) => turnTo({ part: 'pods', pod: name })}
        onLog={({ environment, name: pod }) =>
          open({ part: 'logs', environment, pod })
        }
        onTerminal={onTerminal}
      />
      {shown && (
        <PodDrawer
          app={app}
          events={events}
          pod={shown}
          hasTerminal={right !== undefined && !right.terminal.refusal}
          onClose={() => turnTo({ part: 'pods' })}
        />
      )}
    </>
  );
}
