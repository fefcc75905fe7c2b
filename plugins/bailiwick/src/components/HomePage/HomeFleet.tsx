import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  healthWords,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  HealthIcon,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { fleetRouteRef, tenantsRouteRef } from '../../routeRefs';
import { ClustersLink } from '../ClustersLink';
import { tenantFilters } from '../TenantsPage/tenantFilters';
import { HomeCard } from './HomeCard';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
    margin: theme.spacing(1, 0, 2),
  },
  tile: {
    display: 'grid',
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius * 2,
    color: 'inherit',
    '&:hover': { borderColor: theme.palette.primary.main },
  },
  count: { ...theme.typography.h3, margin: 0 },
  health: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
}));

/** For platform engineers: apps by health, and tenants that need attention. */
export function HomeFleet({
  apps,
  tenants,
}: {
  apps: AppView[];
  tenants: TenantView[];
}) {
  const classes = useStyles();
  const toApps = useRouteRef(fleetRouteRef)();
  const toTenants = useRouteRef(tenantsRouteRef)();
  const countOf = (health: Health) =>
    apps.filter(({ status }) => (status?.health ?? 'Unknown') === health)
      .length;
  const shown = healthWords
    .map(health => ({ health, count: countOf(health) }))
    .filter(({ count, health }) => health === 'Healthy' || count > 0);
  const now = Date.now();
  const attention = (['ending', 'full'] as const).flatMap(key => {
    const { fits, title } = tenantFilters[key];
    const found = tenants.filter(tenant => fits(tenant, now)).length;
    return found > 0 ? [{ key, found, title }] : [];
  });
  return (
    <HomeCard
      title="Platform"
      more={
        <Stack direction="row" spacing={2}>
          <Link to={toTenants}>{formatCount(tenants.length, 'tenant')}</Link>
          <ClustersLink />
        </Stack>
      }
    >
      <div className={classes.tiles}>
        {shown.map(({ count, health }) => (
          <Link
            key={health}
            to={`${toApps}?health=${health}`}
            underline="none"
            className={classes.tile}
          >
            <span className={classes.count}>{count}</span>{' '}
            <span className={classes.health}>
              <HealthIcon health={health} />
              {`${count === 1 ? 'app' : 'apps'} ${health.toLowerCase()}`}
            </span>
          </Link>
        ))}
      </div>
      {attention.map(({ found, key, title }) => (
        <Typography key={key} variant="body2">
          <Link to={`${toTenants}?${key}=true`}>
            {formatCount(found, 'tenant')}
          </Link>
          : {title.toLowerCase()}
        </Typography>
      ))}
    </HomeCard>
  );
}
