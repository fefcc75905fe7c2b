import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  FirstRows,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { TabCard } from '../TabCard';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog';
import { describeSize } from './describeWorkspace';

/** Lists the workspaces of other members; owners of the tenant can stop and delete them. */
export function OtherWorkspaces({
  app,
  workspaces,
}: {
  app: AppView;
  workspaces: WorkspaceView[];
}) {
  const client = useApi(bailiwickApiRef);
  const [deleted, setDeleted] = useState<WorkspaceView>();
  const { tenant } = app;
  const { name: appName } = app.metadata;
  const [stopped, stop] = useAsyncFn(
    (name: string) => client.switchWorkspace(tenant, appName, name, 'stop'),
    [client, tenant, appName],
  );
  const actions = {
    title: 'Actions',
    text: () => '',
    cell: (one: WorkspaceView) => (
      <Stack direction="row" spacing={1}>
        {one.isOn && (
          <Button
            size="small"
            variant="outlined"
            disabled={stopped.loading}
            aria-label={`Stop the workspace of ${one.owner}`}
            onClick={() => stop(one.name)}
          >
            Stop
          </Button>
        )}
        <Button
          size="small"
          variant="outlined"
          aria-label={`Delete the workspace of ${one.owner}`}
          onClick={() => setDeleted(one)}
        >
          Delete
        </Button>
      </Stack>
    ),
  };
  return (
    <TabCard title="Workspaces of other members" noPadding>
      {stopped.error && <Alert severity="error">{stopped.error.message}</Alert>}
      <FirstRows<WorkspaceView>
        label="Workspaces of other members"
        rows={workspaces}
        idOf={one => one.name}
        columns={[
          {
            title: 'Owner',
            text: ({ owner }) => owner,
            cell: ({ owner }) => <EntityRefLink entityRef={owner} />,
          },
          { title: 'State', text: ({ phase }) => phase },
          { title: 'Environment', text: ({ environment }) => environment },
          { title: 'Size', text: describeSize },
          {
            title: 'Expires',
            text: ({ expiresAt }) => (expiresAt ? formatDate(expiresAt) : '–'),
          },
          ...(app.isOwner ? [actions] : []),
        ]}
      />
      {deleted && (
        <DeleteWorkspaceDialog
          app={app}
          workspace={deleted}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </TabCard>
  );
}
