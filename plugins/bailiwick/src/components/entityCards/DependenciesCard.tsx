import { EntityRefLink, useEntity } from '@backstage/plugin-catalog-react';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { dependenciesOf } from '../../entityKinds';
import { TabCard } from '../TabCard';

/** The data sets that an app reads, and the clusters on which it runs. */
export function DependenciesCard() {
  const { entity } = useEntity();
  return (
    <TabCard title="Depends on">
      <Stack spacing={1}>
        {dependenciesOf(entity).map(ref => (
          <EntityRefLink key={ref} entityRef={ref} />
        ))}
      </Stack>
    </TabCard>
  );
}
