import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CommitView,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  FirstRows,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  makeStyles,
  Typography,
} from '@material-ui/core';
import { useState } from 'react';
import { Name } from '../../Name';
import { TabCard } from '../../TabCard';
import { CodeChanges } from './CodeChanges';
import { historyRows, type HistoryRow } from './historyRows';

const useStyles = makeStyles(theme => ({
  empty: { padding: theme.spacing(2) },
}));

/** Lists deployments and releases by time, with person and reason. */
export function HistoryCard({
  app,
  commits,
  pipeline,
}: {
  app: AppView;
  commits: CommitView[];
  pipeline: PipelineView;
}) {
  const classes = useStyles();
  const [compared, setCompared] = useState<HistoryRow['commits']>();
  const rows = historyRows(app, pipeline, commits);
  const close = () => setCompared(undefined);
  return (
    <TabCard title="History" noPadding>
      {rows.length === 0 ? (
        <Typography color="textSecondary" className={classes.empty}>
          Nothing has been deployed yet.
        </Typography>
      ) : (
        <FirstRows<HistoryRow>
          label="History"
          rows={rows}
          idOf={({ id }) => id}
          columns={[
            {
              title: 'Time',
              text: ({ at }) => at,
              cell: ({ at }) => <RelativeTime at={at} />,
            },
            {
              title: 'Environment',
              text: ({ environment }) => environment ?? '–',
            },
            { title: 'Change', text: ({ what }) => what },
            {
              title: 'Person',
              text: ({ author, by }) => by ?? author ?? '–',
              cell: ({ author, by }) =>
                by ? <Name of={by} /> : <>{author ?? '–'}</>,
            },
            { title: 'Details', text: ({ details }) => details ?? '–' },
            {
              title: 'Code',
              text: () => '',
              cell: ({ commits: between, environment, what }) =>
                between ? (
                  <Button
                    size="small"
                    aria-label={`Show changes: ${what} in ${environment}`}
                    onClick={() => setCompared(between)}
                  >
                    Show changes
                  </Button>
                ) : (
                  <>–</>
                ),
            },
          ]}
        />
      )}
      {compared && (
        <Dialog
          open
          fullWidth
          maxWidth="md"
          aria-labelledby="changes-title"
          onClose={close}
        >
          <DialogTitle id="changes-title">
            Changes from {formatCommit(compared.from)} to{' '}
            {formatCommit(compared.to)}
          </DialogTitle>
          <DialogContent>
            <CodeChanges
              app={app.metadata.name}
              tenant={app.tenant}
              {...compared}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </TabCard>
  );
}
