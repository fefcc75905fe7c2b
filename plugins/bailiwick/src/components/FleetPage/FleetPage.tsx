import {
  EmptyState,
  LiveContent,
  LiveMark,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { ClusterProgress } from '../ClusterProgress';
import { ClustersLink } from '../ClustersLink';
import { CreateAppButton } from '../CreateAppButton';
import { EmptyReason } from '../EmptyReason';
import { PageFrame } from '../PageFrame';
import { FleetContent } from './FleetContent';
import { tenantsToCreateIn, useFleet } from './fleet/useFleet';
import { useMe } from '../useMe';

/** For the health of the apps, and for their list. */
const skeletons = [32, 494];

/** The apps of the reader's tenants with their health. */
export function FleetPage() {
  const { value: me } = useMe();
  const fleet = useFleet();
  return (
    <PageFrame
      title="Apps"
      subtitle="Health and activity of your tenants’ apps"
      actions={
        <Stack direction="row" spacing={2}>
          {me?.platformEngineer && <ClustersLink />}
          <LiveMark live={fleet} />
        </Stack>
      }
    >
      <ClusterProgress />
      <LiveContent
        live={fleet}
        what="Apps"
        skeletons={skeletons}
        isEmpty={({ rows }) => rows.length === 0}
        empty={
          <EmptyState
            title="No apps yet"
            action={
              <CreateAppButton
                in={fleet.value && tenantsToCreateIn(fleet.value.tenants)}
              />
            }
          >
            <EmptyReason text="Apps of your tenants appear here with their health." />
          </EmptyState>
        }
      >
        {value => <FleetContent fleet={value} />}
      </LiveContent>
    </PageFrame>
  );
}
