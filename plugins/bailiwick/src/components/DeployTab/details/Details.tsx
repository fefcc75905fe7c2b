import type {
  DeploymentView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { Grid, makeStyles, Tab, Tabs } from '@material-ui/core';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { ConditionsCard } from '../ConditionsCard';
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
import { parts, searchOf, useDetail, type Part } from '../useDetail';

const useStyles = makeStyles(theme => ({
  // Nothing in it widens the page.
  root: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  tab: { minWidth: 0 },
  panel: { outline: 'none' },
}));

const titles: Record<Part, string> = {
  pods: 'Pods',
  logs: 'Logs',
  events: 'Events',
  metrics: 'Metrics',
  history: 'History',
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
        <Part view={view} onTerminal={setTerminal} />
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

function Part({
  onTerminal,
  view,
}: {
  onTerminal: (pod: PodView) => void;
  view: DeploymentView;
}) {
  const { app, events, pipeline, pods, work } = view;
  const { detail, turnTo } = useDetail();
  const environments = app.spec.environments.map(({ name }) => name);
  const environment =
    environments.find(name => name === detail.environment) ?? environments[0];
  switch (detail.part) {
    case 'logs':
      return (
        <LogCard
          app={app}
          environment={environment}
          pod={detail.pod}
          pods={pods}
          runs={work?.pods}
          onPlace={place => turnTo({ part: 'logs', ...place })}
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
  const { open } = useDetail();
  const [inside, setInside] = useState<string>();
  const rights = useRights(app);
  const shown = pods.find(({ name }) => name === inside);
  return (
    <>
      <PodsTable
        pods={pods}
        rights={rights}
        onDetail={({ name }) => setInside(name)}
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
          onClose={() => setInside(undefined)}
        />
      )}
    </>
  );
}
