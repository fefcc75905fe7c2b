import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { fleetRouteRef } from '../../routeRefs';
import { useCallTotals } from '../calls/useCallTotals';
import { AppList } from '../AppList';
import { healthsWorstFirst } from '../FleetPage/fleetGroups';
import { HomeCard } from './HomeCard';

/** Apps that are listed; the Apps page lists all. */
const appsShown = 8;

/** The apps that the reader sees, those that need attention first. */
export function HomeApps({
  apps,
  tenants,
}: {
  apps: Live<AppView[]>;
  tenants: TenantView[];
}) {
  const toApps = useRouteRef(fleetRouteRef)();
  const calls = useCallTotals();
  const titles = new Map(
    tenants.map(({ metadata, spec }) => [metadata.name, spec.title]),
  );
  const count = apps.value?.length ?? 0;
  return (
    <HomeCard
      title="Apps"
      more={
        count > 0 && (
          <Link to={toApps}>
            {count > appsShown ? `View all ${count} apps` : 'View all apps'}
          </Link>
        )
      }
    >
      <LiveContent
        live={apps}
        what="The apps"
        skeletons={[56, 56, 56]}
        isEmpty={items => items.length === 0}
        empty={
          <Typography color="textSecondary">
            No apps yet. Apps of your tenants appear here with their health.
          </Typography>
        }
      >
        {items => (
          <>
            <AppList
              apps={[...items].sort(worstFirst).slice(0, appsShown)}
              callsOf={({ metadata, tenant }) =>
                calls.totals.get(`${tenant}/${metadata.name}`)
              }
              tenantTitle={name => titles.get(name) ?? name}
            />
            {calls.error && (
              <Typography variant="body2" color="textSecondary">
                Can’t load the calls: {withFullStop(calls.error.message)} Reload
                the page to try again.
              </Typography>
            )}
          </>
        )}
      </LiveContent>
    </HomeCard>
  );
}

function worstFirst(one: AppView, other: AppView): number {
  const rank = ({ status }: AppView) =>
    healthsWorstFirst.indexOf(status?.health ?? 'Unknown');
  return (
    rank(one) - rank(other) || one.spec.title.localeCompare(other.spec.title)
  );
}
