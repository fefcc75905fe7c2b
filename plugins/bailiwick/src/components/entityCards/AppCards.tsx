import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useAppAddress } from '../AppLink';
import { CallsCard } from '../calls/CallsCard';
import { useDeployment } from '../useDeployment';
import { ForeignApp } from '../access/ForeignApp';
import { DeliveryCard } from './DeliveryCard';
import { DeploymentCard } from './DeploymentCard';
import { isRefused } from '../access/isRefused';
import { ReadinessCard } from './ReadinessCard';

/** An app at a glance: its environments, and the data that it delivers; the way to access for people who are no members. */
export function AppMainCards() {
  const addressOf = useAppAddress();
  const { app, live } = useDeployment();
  if (!app) return null;
  if (isRefused(live)) return <ForeignApp />;
  const page = addressOf(app);
  return (
    <Stack spacing={3}>
      <DeploymentCard live={live} page={page} />
      <DeliveryCard live={live} page={page} />
    </Stack>
  );
}

/** The calls and the readiness of an app; nothing for people who are no members of its tenant. */
export function AppReadinessCard() {
  const { app, live } = useDeployment();
  return !app || isRefused(live) ? null : (
    <Stack spacing={3}>
      <CallsCard app={app.name} tenant={app.tenant} />
      <ReadinessCard live={live} />
    </Stack>
  );
}

/** All cards of an app, for pages with one column of cards. */
export function AppCards() {
  return (
    <Stack spacing={3}>
      <AppMainCards />
      <AppReadinessCard />
    </Stack>
  );
}
