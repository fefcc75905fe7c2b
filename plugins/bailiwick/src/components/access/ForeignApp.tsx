import { useEntity } from '@backstage/plugin-catalog-react';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { appOf } from '../../entityKinds';
import { TabCard } from '../TabCard';
import { AppAccess } from './AppAccess';

/** What people outside the tenant see in place of a tab of an app: who can see it, and the way to read its data. */
export function ForeignApp() {
  const app = appOf(useEntity().entity);
  if (!app) return null;
  return (
    <TabCard title="Access">
      <Stack>
        <Typography>
          Only members of the tenant can see this page; ask an owner to add you.
          To read only the app’s data, you need read access instead.
        </Typography>
        <AppAccess app={app} />
      </Stack>
    </TabCard>
  );
}
