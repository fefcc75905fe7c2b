import type {
  EnvironmentRights,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  SearchableTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Paper, Typography } from '@material-ui/core';
import { FilterChips } from '../../FilterChips';
import { useFilters, type Filters } from '../../useFilters';

/** Pods that are drawn at once; more of them make a page slow. */
const pageSize = 50;

const filters: Filters<PodView> = {
  trouble: { title: 'Not ready', fits: ({ ready }) => !ready },
};

const useStyles = makeStyles(theme => ({
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
  const { fits } = useFilters(filters);
  const isUnknown = pods.some(({ environment }) => !rights[environment]);
  // People who can open a terminal nowhere, such as viewers, do not look for one.
  const hasTerminals = isUnknown || Object.values(rights).some(isOpen);
  const views = [
    { title: 'Log', label: 'Log of', onOpen: onLog },
    { title: 'Details', label: 'Details of', onOpen: onDetail },
    ...(hasTerminals
      ? [{ title: 'Terminal', label: 'Terminal in', onOpen: onTerminal }]
      : []),
  ];
  const closed = Object.entries(rights).flatMap(([environment, { terminal }]) =>
    hasTerminals && terminal.refusal
      ? `No terminal in ${environment} (${terminal.refusal}).`
      : [],
  );
  const ofRuns =
    hasTerminals && pods.some(pod => pod.isOfRun)
      ? ['No terminal in pods of runs: read their logs.']
      : [];
  const unasked = Object.entries(unknown).map(
    ([environment, why]) =>
      `Can’t load your permissions in ${environment}: ${why}`,
  );
  const isLoading = pods.some(
    ({ environment }) => !rights[environment] && !unknown[environment],
  );
  const loading = isLoading ? ['Loading your permissions…'] : [];
  if (pods.length === 0)
    return (
      <Paper className={classes.empty}>
        <Typography color="textSecondary">No pods are running.</Typography>
      </Paper>
    );
  return (
    <Stack>
      <SearchableTable
        label="pods"
        rows={pods.filter(fits)}
        pageSize={pageSize}
        aside={<FilterChips filters={filters} items={pods} />}
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
            title: 'Actions',
            text: () => '',
            cell: pod => (
              <div className={classes.buttons}>
                {views.map(({ label, onOpen, title }) => (
                  <Button
                    key={title}
                    size="small"
                    variant="outlined"
                    aria-label={`${label} ${pod.name}`}
                    disabled={
                      onOpen === onTerminal &&
                      (pod.isOfRun || !isOpen(rights[pod.environment]))
                    }
                    onClick={() => onOpen(pod)}
                  >
                    {title}
                  </Button>
                ))}
              </div>
            ),
          },
        ]}
      />
      {[...loading, ...closed, ...ofRuns, ...unasked].map(sentence => (
        <Typography key={sentence} variant="body2">
          {sentence}
        </Typography>
      ))}
    </Stack>
  );
}

function isOpen(rights: EnvironmentRights | undefined): boolean {
  return rights !== undefined && !rights.terminal.refusal;
}
