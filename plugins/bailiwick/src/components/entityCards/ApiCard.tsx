import { InfoCard, Link } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  Health,
  Stale,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  DeploymentView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  Facts,
  HealthChip,
  LiveMark,
  RowTable,
  useLiveValue,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { appOf } from '../../entity';
import { StaleNote } from '../StaleNote';
import { MembersOnly } from './MembersOnly';
import { useAppPage } from './useAppPage';
import { useCardStyles } from './useCardStyles';

interface Server {
  name: string;
  answers: string;
  health: Health;
  why: string;
  stale?: Stale;
  address: string;
}

const columns: TableColumn<Server>[] = [
  { title: 'Environment', text: ({ name }) => name },
  { title: 'Answers', text: ({ answers }) => answers },
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
];

/** Nobody knows of a cluster that is away. */
function answerOf(ready: number, stale: Stale | undefined): string {
  if (stale) return 'Unknown';
  return ready > 0 ? 'Yes' : 'No';
}

/** Where an app has served this API: whether it answers there now. */
function serversOf(
  { metadata, status, tenant }: AppView,
  gateway: string,
): Server[] {
  return (status?.environments ?? [])
    .filter(({ contract }) => contract)
    .map(({ health, name, pods, stale, why }) => ({
      name,
      answers: answerOf(pods.ready, stale),
      health,
      why,
      stale,
      address: `${gateway}/v1/${tenant}/${name}/${metadata.name}`,
    }));
}

/** Which app serves an API, and whether it answers. */
export function ApiCard() {
  const classes = useCardStyles();
  const { entity } = useEntity();
  const gateway = useApi(configApiRef).getString('bailiwick.gateway.baseUrl');
  const pageOf = useAppPage();
  const place = appOf(entity);
  const live = useLiveValue<DeploymentView>(
    place && `/tenants/${place.tenant}/apps/${place.app}`,
  );
  if (!place) return null;
  return (
    <InfoCard title="Who answers" action={<LiveMark live={live} />}>
      <div className={classes.root}>
        <Facts
          facts={[
            [
              'App',
              <Link key="app" to={pageOf(place)}>
                {entity.metadata.title ?? place.app}
              </Link>,
            ],
            ['Tenant', place.tenant],
          ]}
        />
        <MembersOnly live={live} what="Whether it answers">
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
                  facts={servers.map(({ address, name }) => [
                    `In ${name}`,
                    <CopyText
                      key={name}
                      label={`the address in ${name}`}
                      text={address}
                    />,
                  ])}
                />
              </>
            ) : (
              <Typography>It answers nowhere now.</Typography>
            );
          }}
        </MembersOnly>
      </div>
    </InfoCard>
  );
}
