import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { TabCard } from '../../TabCard';
import { DeleteButton } from './DeleteButton';

/** Actions on an app that can't be undone. */
export function DangerZone({ app }: { app: AppView }) {
  return (
    <TabCard title="Danger zone">
      {app.canBuild ? (
        <Stack align="start">
          <Typography>
            Deleting the app removes its pods, data, releases, runs and tokens.
            Its git repository is kept.
          </Typography>
          <DeleteButton app={app} />
        </Stack>
      ) : (
        <Typography color="textSecondary">
          Only builders and owners of the tenant can delete the app.
        </Typography>
      )}
    </TabCard>
  );
}
