import { Link } from '@backstage/core-components';
import { Header } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLinks,
  entityRouteRef,
  FavoriteEntity,
  getEntityRelations,
  useEntity,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import {
  formatCount,
  HealthChip,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Box } from '@material-ui/core';
import type { ComponentProps } from 'react';
import { appOf } from '../../entityKinds';
import { tenantRouteRef } from '../../routeRefs';
import { isRefused } from '../access/isRefused';
import { useDeployment } from '../useDeployment';
import { useAppAddress } from '../AppLink';
import { useGatewayUrl } from '../useGatewayUrl';
import { AppAddress } from './AppAddress';
import { AppButtons } from './AppButtons';
import { AppMenu } from './AppMenu';
import { AppSwitcher } from './AppSwitcher';
import { useHeaderStyles } from './useHeaderStyles';

/** Tabs of an entity page, as Backstage passes them to headers. */
export type AppHeaderProps = Pick<
  ComponentProps<typeof Header>,
  'tabs' | 'activeTabId'
>;

/** The header of an app's page: tenant and app, health, owner, readers, address, and the ways to its data and its code. */
export function AppHeader({ activeTabId, tabs }: AppHeaderProps) {
  const classes = useHeaderStyles();
  const { entity } = useEntity();
  const { tenant, name } = appOf(entity)!;
  const { live } = useDeployment();
  const isMember = !isRefused(live);
  const domain = { kind: 'domain', namespace: 'default', name: tenant };
  const { primaryTitle: tenantTitle } = useEntityPresentation(domain);
  const { primaryTitle: title } = useEntityPresentation(entity);
  const toTenant = useRouteRef(tenantRouteRef);
  const toEntity = useRouteRef(entityRouteRef);
  const owners = getEntityRelations(entity, 'ownedBy');
  const app = live.value?.app;
  const addressOf = useAppAddress();
  const hasGateway = useGatewayUrl() !== undefined;
  return (
    <Header
      className={classes.top}
      title={title}
      breadcrumbs={[
        {
          label: tenantTitle,
          href: isMember ? toTenant({ tenant }) : toEntity(domain),
        },
      ]}
      metadata={[
        ...(isMember
          ? [
              {
                label: 'Health',
                value: (
                  <div className={classes.health}>
                    {live.error && !live.value ? (
                      // The tabs report the error and how to proceed.
                      <HealthChip health="Unknown" />
                    ) : (
                      <LiveContent live={live} skeletons={[28]} what="Health">
                        {({ app: { status } }) => (
                          <HealthChip health={status?.health ?? 'Unknown'} />
                        )}
                      </LiveContent>
                    )}
                  </div>
                ),
              },
            ]
          : []),
        ...(owners.length > 0
          ? [
              {
                label: 'Owner',
                value: (
                  <span className={classes.owners}>
                    <EntityRefLinks entityRefs={owners} hideIcons />
                  </span>
                ),
              },
            ]
          : []),
        ...(isMember
          ? [
              {
                label: 'Readers',
                value: (
                  <span className={classes.owners}>
                    <Readers
                      people={live.value?.reading.people}
                      page={addressOf({ name, tenant })}
                    />
                  </span>
                ),
              },
            ]
          : []),
        // Last, because its width is unknown until it is loaded.
        ...(isMember && hasGateway
          ? [{ label: 'Address', value: <AppAddress app={app} /> }]
          : []),
      ]}
      tabs={tabs}
      activeTabId={activeTabId}
      customActions={
        <>
          {isMember && (
            <AppButtons
              app={app}
              name={name}
              tenant={tenant}
              tab={activeTabId}
            />
          )}
          {isMember && (
            // Narrow windows have no room for it; the breadcrumb leads to the apps of the tenant.
            <Box display={{ xs: 'none', sm: 'block' }}>
              <AppSwitcher name={name} tenant={tenant} tab={activeTabId} />
            </Box>
          )}
          <FavoriteEntity entity={entity} />
          <AppMenu />
        </>
      }
    />
  );
}

/** The number of people with tokens, as a link to the tokens; a dash while it loads. */
function Readers({ page, people }: { page: string; people?: string[] }) {
  return (
    <Link to={`${page}/get-data`}>
      {people ? describeReaders(people.length) : '–'}
    </Link>
  );
}

function describeReaders(count: number): string {
  return count > 0
    ? `${formatCount(count, 'person', 'people')} with tokens`
    : 'No current tokens';
}
