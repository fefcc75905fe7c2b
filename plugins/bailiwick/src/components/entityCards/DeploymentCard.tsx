import { InfoCard, LinkButton } from '@backstage/core-components';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  HealthChip,
  LiveMark,
  RelativeTime,
  RowTable,
  type Live,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { StaleNote } from '../StaleNote';
import { environmentRows, type EnvironmentRow } from './environmentRows';
import { MembersOnly } from './MembersOnly';
import { useCardStyles } from './useCardStyles';

const columns: TableColumn<EnvironmentRow>[] = [
  { title: 'Environment', text: ({ name }) => name },
  {
    title: 'Health',
    text: ({ health }) => health,
    cell: ({ health }) => <HealthChip health={health} />,
  },
  {
    title: 'Why',
    text: ({ why }) => why,
    cell: ({ stale, why }) => (
      <>
        {why}
        <StaleNote stale={stale} />
      </>
    ),
  },
  { title: 'Runs', text: ({ runs }) => runs },
  { title: 'Pods', text: ({ pods }) => pods, align: 'right' },
  {
    title: 'Since',
    text: ({ since = '' }) => since,
    cell: ({ since }) => <RelativeTime at={since} />,
  },
];

/** How an app is, and what runs where. */
export function DeploymentCard({
  live,
  page,
}: {
  live: Live<DeploymentView>;
  /** Address of the app's page. */
  page: string;
}) {
  const classes = useCardStyles();
  return (
    <InfoCard title="What runs where" action={<LiveMark live={live} />}>
      <MembersOnly live={live} what="How well it runs">
        {({ app }) => (
          <div className={classes.root}>
            <RowTable
              label="Environments"
              columns={columns}
              idOf={({ name }) => name}
              rows={environmentRows(app)}
            />
            <div>
              <LinkButton to={`${page}/deploy`} variant="outlined">
                Follow it
              </LinkButton>
            </div>
          </div>
        )}
      </MembersOnly>
    </InfoCard>
  );
}
