import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  healthWords,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FleetRow } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatMessage,
  HealthIcon,
  LiveMark,
  RowTable,
  Stack,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { fleetFilterOf, type FleetFilter } from '../../entityKinds';
import { fleetRouteRef } from '../../routeRefs';
import { AppLink } from '../AppLink';
import { idOfRow, useFleet } from '../FleetPage/fleet/useFleet';
import { Name } from '../Name';
import { TabCard } from '../TabCard';
import { healthColumns, type ExplainedHealth } from './healthColumns';
import { MembersOnly } from './MembersOnly';

const useStyles = makeStyles(theme => ({
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
}));

/** Apps that are shown; the page of all apps has the others. */
const appsShown = 10;

const titles: Record<FleetFilter['of'], string> = {
  tenant: 'Apps of this tenant',
  pack: 'Apps created from this pack',
  cluster: 'Apps on this cluster',
};

/** Under which name the page of all apps picks by it. */
const filters = { tenant: 'tenant', pack: 'domain', cluster: 'cluster' };

const columns: TableColumn<FleetRow & ExplainedHealth>[] = [
  {
    title: 'App',
    text: ({ title }) => title,
    cell: row => <AppLink app={row} />,
  },
  {
    title: 'Tenant',
    text: ({ tenant }) => tenant,
    cell: ({ tenant }) => <Name of={`domain:default/${tenant}`} />,
  },
  ...healthColumns,
];

/** An app with the reason where it is worst. */
function explained(row: FleetRow): FleetRow & ExplainedHealth {
  const { environments, health } = row;
  const worst = environments.find(place => place.health === health);
  const { stale } = environments.find(place => place.stale) ?? {};
  return { ...row, why: formatMessage(worst?.why ?? ''), stale };
}

/** Apps of a tenant, of a pack or on a cluster, by health, as far as the reader may see them. */
export function FleetCard() {
  const { entity } = useEntity();
  const part = fleetFilterOf(entity);
  const live = useFleet(part && { [part.of]: part.name });
  if (!part) return null;
  return (
    <TabCard title={titles[part.of]} action={<LiveMark live={live} />}>
      <MembersOnly live={live} what="Apps">
        {({ rows }) => <Apps part={part} rows={rows} />}
      </MembersOnly>
    </TabCard>
  );
}

function Apps({ part, rows }: { part: FleetFilter; rows: FleetRow[] }) {
  const classes = useStyles();
  const page = useRouteRef(fleetRouteRef)();
  const addressOf = (health?: Health) =>
    `${page}?${new URLSearchParams({
      [filters[part.of]]: part.name,
      ...(health && { health }),
    })}`;
  if (rows.length === 0)
    return (
      <Typography>
        No apps that you can see. Members see the apps of their tenants.
      </Typography>
    );
  const sorted = rows.toSorted((a, b) => a.title.localeCompare(b.title));
  return (
    <Stack>
      <Stack direction="row" role="group" aria-label="Apps by health">
        {healthWords.map(health => {
          const count = rows.filter(row => row.health === health).length;
          return count === 0 ? null : (
            <Link key={health} className={classes.chip} to={addressOf(health)}>
              <HealthIcon health={health} />
              {count} {health}
            </Link>
          );
        })}
      </Stack>
      <RowTable
        label="Apps"
        columns={columns.filter(
          ({ title }) => part.of !== 'tenant' || title !== 'Tenant',
        )}
        idOf={idOfRow}
        rows={sorted.slice(0, appsShown).map(explained)}
      />
      <Link to={addressOf()}>
        {rows.length > appsShown
          ? `View all ${rows.length} in Apps`
          : 'View in Apps'}
      </Link>
    </Stack>
  );
}
