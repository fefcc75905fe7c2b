import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/** Deletes a workspace with its files after confirmation. */
export function DeleteWorkspaceDialog({
  app,
  onClose,
  workspace: { name },
}: {
  app: AppView;
  workspace: WorkspaceView;
  onClose: () => void;
}) {
  const client = useApi(bailiwickApiRef);
  return (
    <ConfirmDialog
      title="Delete workspace"
      confirm="Delete"
      busy="Deleting…"
      isDestructive
      typed={app.metadata.name}
      onClose={onClose}
      onConfirm={() =>
        client.deleteWorkspace(app.tenant, app.metadata.name, name)
      }
    >
      <Typography>
        The notebooks and files on its disk are deleted permanently, except for
        those that were published to the repository of the app.
      </Typography>
    </ConfirmDialog>
  );
}
