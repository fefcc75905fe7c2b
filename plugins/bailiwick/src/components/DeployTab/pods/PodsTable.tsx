import type {
  EnvironmentRights,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  SearchableTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Paper, Typography } from '@material-ui/core';
import { FilterChips, useFilters, type Filters } from '../../filters';

/** Pods that are drawn at once; more of them make a page slow. */
const pageSize = 50;

const filters: Filters<PodView> = {
  trouble: { title: 'Not ready', fits: ({ ready }) => !ready },
};

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  empty: { padding: theme.spacing(2) },
  buttons: {
    display: 'flex',
    gap: theme.spacing(1),
    [theme.breakpoints.down('xs')]: { flexWrap: 'wrap' },
  },
}));

/** The pods of an app, each with a way to its log, its details and a terminal in it. */
export function PodsTable({
  onDetail,
  onLog,
  onTerminal,
  pods,
  rights,
  unknown,
}: {
  onDetail: (pod: PodView) => void;
  onLog: (pod: PodView) => void;
  onTerminal: (pod: PodView) => void;
  pods: PodView[];
  /** By environment; without them nothing can be opened but logs. */
  rights: Record<string, EnvironmentRights>;
  /** Why they are not known, by environment. */
  unknown: Record<string, string>;
}) {
  const classes = useStyles();
  const { chosen, clear, fits, toggle } = useFilters(filters);
  const closed = Object.entries(rights).flatMap(([environment, right]) => {
    const { refusal } = right.terminal;
    return refusal ? `No terminal in ${environment}: ${refusal}.` : [];
  });
  const unasked = Object.entries(unknown).map(
    ([environment, why]) =>
      `What you may do in ${environment} is not known: ${why}`,
  );
  if (pods.length === 0)
    return (
      <Paper className={classes.empty}>
        <Typography color="textSecondary">
          Pods run the app's code. There are none at the moment.
        </Typography>
      </Paper>
    );
  return (
    <div className={classes.root}>
      <SearchableTable
        label="pods"
        rows={pods.filter(fits)}
        pageSize={pageSize}
        aside={
          <FilterChips
            chosen={chosen}
            filters={filters}
            items={pods}
            onClear={clear}
            onToggle={toggle}
          />
        }
        idOf={({ environment, name }) => `${environment}/${name}`}
        columns={[
          { title: 'Pod', text: ({ name }) => name },
          { title: 'Environment', text: ({ environment }) => environment },
          {
            title: 'State',
            text: ({ phase, ready, why }) => (ready ? 'Ready' : why ?? phase),
          },
          {
            title: 'Restarts',
            text: ({ restarts }) => String(restarts),
            align: 'right',
          },
          {
            title: 'Started',
            text: ({ startedAt = '' }) => startedAt,
            cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
          },
          {
            title: 'Look inside',
            text: () => '',
            cell: pod => (
              <div className={classes.buttons}>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Log of ${pod.name}`}
                  onClick={() => onLog(pod)}
                >
                  Log
                </Button>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Details of ${pod.name}`}
                  onClick={() => onDetail(pod)}
                >
                  Details
                </Button>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Terminal in ${pod.name}`}
                  disabled={!isOpen(rights[pod.environment])}
                  onClick={() => onTerminal(pod)}
                >
                  Terminal
                </Button>
              </div>
            ),
          },
        ]}
      />
      {[...closed, ...unasked].map(sentence => (
        <Typography key={sentence} variant="body2">
          {sentence}
        </Typography>
      ))}
    </div>
  );
}

function isOpen(rights: EnvironmentRights | undefined): boolean {
  return rights !== undefined && !rights.terminal.refusal;
}
