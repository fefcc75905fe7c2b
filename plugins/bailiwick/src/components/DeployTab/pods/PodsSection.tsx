import type {
  AppView,
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { makeStyles } from '@material-ui/core';
import { useState } from 'react';
import { LogCard } from './log';
import { MetricsCard } from './metrics';
import { PodCard } from './PodCard';
import { PodsCard, type OpenedLog } from './PodsCard';
import { TerminalCard } from './terminal';
import { useRights } from './useRights';

const useStyles = makeStyles(theme => ({
  // Nothing in it widens the page.
  root: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
}));

/** The pods of an app, and below them the log and the terminal that are open. */
export function PodsSection({
  app,
  events,
  pods,
}: {
  app: AppView;
  events: EventView[];
  pods: PodView[];
}) {
  const classes = useStyles();
  const [log, setLog] = useState<OpenedLog>();
  const [terminal, setTerminal] = useState<PodView>();
  const [metrics, setMetrics] = useState<string>();
  const [detail, setDetail] = useState<string>();
  const shown = pods.find(({ name }) => name === detail);
  const rights = useRights(app);
  return (
    <div className={classes.root}>
      <PodsCard
        environments={app.spec.environments.map(({ name }) => name)}
        pods={pods}
        opened={log}
        onLog={setLog}
        onDetail={({ name }) => setDetail(name)}
        onMetrics={setMetrics}
        onTerminal={setTerminal}
        rights={rights}
      />
      {metrics && (
        <MetricsCard
          key={metrics}
          app={app}
          environment={metrics}
          pods={pods}
          onClose={() => setMetrics(undefined)}
        />
      )}
      {shown && (
        <PodCard
          app={app}
          events={events}
          pod={shown}
          onClose={() => setDetail(undefined)}
        />
      )}
      {log && (
        <LogCard
          key={`${log.environment}/${log.pod}`}
          app={app}
          pods={pods}
          {...log}
          onClose={() => setLog(undefined)}
        />
      )}
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
