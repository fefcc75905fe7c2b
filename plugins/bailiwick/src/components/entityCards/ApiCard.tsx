import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  AppEnvironmentStatus,
  Stale,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  Facts,
  LiveMark,
  RowTable,
  Stack,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { AppAccess } from '../access/AppAccess';
import { appAddress } from '../AppHeader/dataAddress';
import { AppLink } from '../AppLink';
import { useDeployment } from '../useDeployment';
import { useGatewayUrl } from '../useGatewayUrl';
import { Name } from '../Name';
import { TabCard } from '../TabCard';
import { healthColumns, type ExplainedHealth } from './healthColumns';
import { isRefused } from '../access/isRefused';
import { MembersOnly } from './MembersOnly';

interface Server extends ExplainedHealth {
  name: string;
  answers: string;
  /** Absent without a gateway. */
  address?: string;
}

const columns: TableColumn<Server>[] = [
  { title: 'Environment', text: ({ name }) => name },
  { title: 'Responding', text: ({ answers }) => answers },
  ...healthColumns,
];

/** Describes the responding pods; unknown while the cluster is unreachable. */
function answerOf(
  { desired, ready }: AppEnvironmentStatus['pods'],
  health: AppEnvironmentStatus['health'],
  stale: Stale | undefined,
): string {
  if (stale) return 'Unknown';
  // Scaled to zero: the next call starts a pod.
  const isAtZero = desired === 0 && health === 'Healthy';
  return ready > 0 || isAtZero ? 'Yes' : 'No';
}

/** Returns the environments that serve this API, with their health. */
function serversOf(app: AppView, gateway: string | undefined): Server[] {
  return (app.status?.environments ?? [])
    .filter(({ contract }) => contract)
    .map(state => {
      const { health, name, pods, stale, why } = state;
      return {
        name,
        answers: answerOf(pods, health, stale),
        health,
        why,
        stale,
        address: appAddress(app, state, gateway),
      };
    });
}

/** Names the app that serves an API, with its health. */
export function ApiCard() {
  const { entity } = useEntity();
  const gateway = useGatewayUrl();
  const { app: served, live } = useDeployment();
  if (!served) return null;
  const { title = served.name } = entity.metadata;
  return (
    <TabCard title="Deployments" action={<LiveMark live={live} />}>
      <Stack>
        <Facts
          facts={[
            ['App', <AppLink key="app" app={{ ...served, title }} />],
            [
              'Tenant',
              <Name key="tenant" of={`domain:default/${served.tenant}`} />,
            ],
          ]}
        />
        {isRefused(live) && <AppAccess app={served} isBesideData />}
        <MembersOnly live={live} what="Availability">
          {({ app }) => {
            const servers = serversOf(app, gateway);
            return servers.length > 0 ? (
              <>
                <RowTable
                  label="Environments"
                  columns={columns}
                  idOf={({ name }) => name}
                  rows={servers}
                />
                <Facts
                  facts={servers.flatMap(({ address, name }) =>
                    address
                      ? [
                          [
                            `In ${name}`,
                            <CopyText
                              key={name}
                              label={`the address in ${name}`}
                              text={address}
                            />,
                          ],
                        ]
                      : [],
                  )}
                />
              </>
            ) : (
              <Typography>Not available in any environment</Typography>
            );
          }}
        </MembersOnly>
      </Stack>
    </TabCard>
  );
}
