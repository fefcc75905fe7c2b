import { InfoCard } from '@backstage/core-components';
import type { AppHistoryEntry } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  FirstRows,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { Name } from '../../Name';

/** What ran where since when, who chose it, and why. */
export function HistoryCard({ app }: { app: AppView }) {
  const history = app.status?.history ?? [];
  return (
    <InfoCard title="History" noPadding>
      {history.length === 0 ? (
        <Typography color="textSecondary" style={{ padding: 16 }}>
          What ran where shows here, from the first time that it answers.
        </Typography>
      ) : (
        <FirstRows<AppHistoryEntry>
          label="History"
          rows={history}
          idOf={({ at, environment, release, commit }) =>
            `${at} ${environment} ${release ?? commit}`
          }
          columns={[
            {
              title: 'When',
              text: ({ at }) => at,
              cell: ({ at }) => <RelativeTime at={at} />,
            },
            { title: 'Environment', text: ({ environment }) => environment },
            {
              title: 'What',
              text: ({ commit, release }) =>
                release ?? `draft, commit ${commit?.slice(0, 8)}`,
            },
            {
              title: 'Who',
              text: ({ by }) => by ?? '',
              cell: ({ by }) => (by ? <Name of={by} /> : <>–</>),
            },
            { title: 'Why', text: ({ reason }) => reason ?? '–' },
          ]}
        />
      )}
    </InfoCard>
  );
}
