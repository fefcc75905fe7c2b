import {
  LiveContent,
  LiveMark,
  EmptyState,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { ClusterProgress } from '../ClusterProgress';
import { CreateAppButton } from '../CreateAppButton';
import { PageFrame } from '../PageFrame';
import { FleetContent } from './FleetContent';
import { placesOf, useFleet } from './fleet/useFleet';

/** For the health of the apps, and for their list. */
const skeletons = [32, 494];

/** Is everything all right with the apps of one's tenants? */
export function FleetPage() {
  const fleet = useFleet();
  return (
    <PageFrame
      title="Apps"
      subtitle="Is everything all right with the apps of your tenants?"
      actions={<LiveMark live={fleet} />}
    >
      <ClusterProgress />
      <LiveContent
        live={fleet}
        what="The apps"
        skeletons={skeletons}
        isEmpty={({ rows }) => rows.length === 0}
        empty={
          <EmptyState
            title="No app yet"
            action={
              <CreateAppButton
                in={fleet.value && placesOf(fleet.value.tenants)}
              />
            }
          >
            Apps of your tenants show here with their health. They are made from
            a template of your domain.
          </EmptyState>
        }
      >
        {value => <FleetContent fleet={value} />}
      </LiveContent>
    </PageFrame>
  );
}
