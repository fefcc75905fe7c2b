import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveValue } from '@bailiwick/backstage-plugin-bailiwick-react';
import { appOf } from '../../entity';
import { DeliveryCard } from './DeliveryCard';
import { DeploymentCard } from './DeploymentCard';
import { isRefused } from './MembersOnly';
import { ReadinessCard } from './ReadinessCard';
import { useAppPage } from './useAppPage';
import { useCardStyles } from './useCardStyles';

/**
 * An app at a glance: how it is and what runs where, what it gives to whom, and what it needs before others
 * rely on it. One stream is behind all of it, as a browser has few.
 */
export function AppCards() {
  const classes = useCardStyles();
  const { entity } = useEntity();
  const pageOf = useAppPage();
  const place = appOf(entity);
  const live = useLiveValue<DeploymentView>(
    place && `/tenants/${place.tenant}/apps/${place.app}`,
  );
  if (!place) return null;
  const page = pageOf(place);
  return (
    <>
      <DeploymentCard live={live} page={page} />
      {!isRefused(live) && (
        <div className={classes.pair}>
          <DeliveryCard live={live} page={page} />
          <ReadinessCard live={live} />
        </div>
      )}
    </>
  );
}
