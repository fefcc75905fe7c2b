import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  BuildView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useState } from 'react';
import { describeContent } from './describeBuild';

/** Cancels a build that has not ended, after a confirmation. */
export function CancelBuildButton({
  app: { metadata, tenant },
  build,
}: {
  app: AppView;
  build: BuildView;
}) {
  const { cancelledBy, name } = build;
  const client = useApi(bailiwickApiRef);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        disabled={cancelledBy !== undefined}
        aria-label={`Cancel ${name}`}
        onClick={() => setOpen(true)}
      >
        {cancelledBy ? 'Cancelling' : 'Cancel'}
      </Button>
      {isOpen && (
        <ConfirmDialog
          title={`Cancel build: ${describeContent(build)}`}
          confirm="Cancel build"
          cancel="Keep build"
          onClose={() => setOpen(false)}
          onConfirm={() => client.cancelBuild(tenant, metadata.name, name)}
        >
          <Typography>
            Environments, releases and workspaces that need this build can’t use
            it until someone chooses Build again. The log so far is kept.
          </Typography>
        </ConfirmDialog>
      )}
    </>
  );
}
