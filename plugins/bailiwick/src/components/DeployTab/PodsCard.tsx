import { InfoCard } from '@backstage/core-components';
import type { PodView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  RelativeTime,
  RowTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';

/** The pods of an app, each with a way to its log. */
export function PodsCard({
  onLog,
  opened,
  pods,
}: {
  onLog: (pod: string) => void;
  opened?: string;
  pods: PodView[];
}) {
  return (
    <InfoCard title="Pods" noPadding>
      {pods.length === 0 ? (
        <Typography color="textSecondary" style={{ padding: 16 }}>
          Pods run the app's code. There are none at the moment.
        </Typography>
      ) : (
        <RowTable
          label="Pods"
          rows={pods}
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
              title: 'Log',
              text: () => '',
              cell: ({ name }) => (
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={`Show the log of ${name}`}
                  aria-expanded={opened === name}
                  onClick={() => onLog(name)}
                >
                  Log
                </Button>
              ),
            },
          ]}
        />
      )}
    </InfoCard>
  );
}
