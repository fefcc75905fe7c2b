import { InfoCard, LinkButton } from '@backstage/core-components';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveMark,
  RelativeTime,
  RowTable,
  Stack,
  type Live,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { environmentRows, type EnvironmentRow } from './environmentRows';
import { healthColumns } from './healthColumns';
import { MembersOnly } from './MembersOnly';

const columns: TableColumn<EnvironmentRow>[] = [
  { title: 'Environment', text: ({ name }) => name },
  ...healthColumns,
  { title: 'Runs', text: ({ runs }) => runs },
  { title: 'Pods', text: ({ pods }) => pods, align: 'right' },
  {
    title: 'Deployed',
    text: ({ deployed = '' }) => deployed,
    cell: ({ deployed }) => <RelativeTime at={deployed} />,
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
  return (
    <InfoCard title="Environments" action={<LiveMark live={live} />}>
      <MembersOnly live={live} what="Health">
        {({ app }) => (
          <Stack>
            <RowTable
              label="Environments"
              columns={columns}
              idOf={({ name }) => name}
              rows={environmentRows(app)}
            />
            <div>
              <LinkButton to={`${page}/deploy`} variant="outlined">
                View deployment
              </LinkButton>
            </div>
          </Stack>
        )}
      </MembersOnly>
    </InfoCard>
  );
}
