import type {
  DeploymentView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Grid,
  makeStyles,
  Paper,
  Tab,
  Tabs,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { ConditionsCard } from './ConditionsCard';
import { HistoryCard, ReleasesCard } from '../pipeline';
import {
  EventsCard,
  LogCard,
  MetricsCard,
  PodDrawer,
  PodsTable,
  TerminalCard,
  troublesOf,
  useRights,
} from '../pods';
import { parts, searchOf, useDetail, type Part } from '../viewState/useDetail';

const useStyles = makeStyles(theme => ({
  // Nothing in it widens the page.
  root: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  tab: { minWidth: 0 },
  panel: { outline: 'none' },
  empty: { padding: theme.spacing(2) },
}));

const titles: Record<Part, string> = {
  pods: 'Pods',
  logs: 'Logs',
  events: 'Events',
  metrics: 'Metrics',
  history: 'History',
};

/** What would be on parts that have nothing of an app that runs nowhere. */
const ofNowhere: Partial<Record<Part, string>> = {
  logs: 'What the pods of the app print stands here.',
  metrics: 'How often the app is called, and how fast it answers, stands here.',
};

/** What there is to know of an app below its environments, each part on a tab, and the terminal that is open. */
export function Details({ view }: { view: DeploymentView }) {
  const classes = useStyles();
  const { detail } = useDetail();
  const [terminal, setTerminal] = useState<PodView>();
  const panel = useRef<HTMLDivElement>(null);
  const { app, events, pods } = view;
  const { part } = detail;
  const { key, state } = useLocation();

  // Who came by a button elsewhere on the page goes on here.
  useEffect(() => {
    if (state?.hasJumped) panel.current?.focus();
  }, [key, state]);

  const troubles = troublesOf(events, pods).length;
  return (
    <div className={classes.root}>
      <Tabs
        value={part}
        variant="scrollable"
        scrollButtons="auto"
        indicatorColor="primary"
        aria-label="Parts of the app"
      >
        {parts.map(one => (
          <Tab
            key={one}
            id={`detail-${one}`}
            aria-controls={one === part ? `detail-panel-${one}` : undefined}
            className={classes.tab}
            label={
              one === 'events' && troubles > 0
                ? `Events (${troubles} ${
                    troubles === 1 ? 'warning' : 'warnings'
                  })`
                : titles[one]
            }
            value={one}
            component={Link}
            to={{ search: searchOf({ part: one }).toString() }}
          />
        ))}
      </Tabs>
      <div
        ref={panel}
        className={classes.panel}
        role="tabpanel"
        tabIndex={-1}
        id={`detail-panel-${part}`}
        aria-labelledby={`detail-${part}`}
      >
        <PartContent view={view} onTerminal={setTerminal} />
      </div>
      {terminal && (
        <TerminalCard
          key={terminal.name}
          app={app}
          pod={terminal}
          onClose={() => setTerminal(undefined)}
        />
      )}
    </div>
  );
}

function PartContent({
  onTerminal,
  view,
}: {
  onTerminal: (pod: PodView) => void;
  view: DeploymentView;
}) {
  const classes = useStyles();
  const { app, events, pipeline, pods, work } = view;
  const { detail, turnTo } = useDetail();
  const environments = app.spec.environments.map(({ name }) => name);
  const environment: string | undefined =
    environments.find(name => name === detail.environment) ?? environments[0];
  const empty = environment ? undefined : ofNowhere[detail.part];
  if (empty)
    return (
      <Paper className={classes.empty}>
        <Typography color="textSecondary">
          {empty} The app runs in no environment yet.
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
        <MetricsCard
          key={environment}
          app={app}
          environment={environment}
          pods={pods}
          onEnvironment={name => turnTo({ part: 'metrics', environment: name })}
        />
      );
    case 'history':
      return (
        <Grid container spacing={3}>
          <Grid item xs={12}>
            <ReleasesCard app={app} pipeline={pipeline} />
          </Grid>
          <Grid item xs={12}>
            <HistoryCard app={app} />
          </Grid>
        </Grid>
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
          The pod {detail.pod} is gone.
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
