import { useApi } from '@backstage/core-plugin-api';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  EmptyState,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { CreateWorkspaceDialog } from './CreateWorkspaceDialog';
import { GuideLink } from './GuideLink';

const about =
  'A workspace is JupyterLab in the browser, with the code of this app, its packages and its connections. Try functions in notebooks, and publish them from there.';

/** Explains workspaces to a person without one, and creates theirs. */
export function NoWorkspace({ app }: { app: AppView }) {
  return app.canBuild ? (
    <Offer app={app} />
  ) : (
    <EmptyState
      title="Workspaces are for builders"
      action={<GuideLink>Learn about workspaces</GuideLink>}
    >
      {about} Ask an owner of the tenant for the role of a builder.
    </EmptyState>
  );
}

function Offer({ app }: { app: AppView }) {
  const client = useApi(bailiwickApiRef);
  const [isCreating, setCreating] = useState(false);
  const { tenant } = app;
  const { name } = app.metadata;
  const { error, retry, value } = useAsyncRetry(
    () => client.getWorkspaceOptions(tenant, name),
    [client, tenant, name, app.metadata.resourceVersion],
  );
  return (
    <LiveContent
      live={{ error, value }}
      onRetry={retry}
      what="Workspaces"
      skeletons={[240]}
    >
      {options => (
        <>
          <EmptyState
            title="You have no workspace for this app"
            action={
              <Stack direction="row">
                <Button
                  variant="contained"
                  color="primary"
                  disabled={
                    options.problem !== undefined ||
                    options.environments.length === 0
                  }
                  onClick={() => setCreating(true)}
                >
                  Create workspace
                </Button>
                <GuideLink>Learn about workspaces</GuideLink>
              </Stack>
            }
          >
            {about}
            {refusalOf(options)}
          </EmptyState>
          {isCreating && (
            <CreateWorkspaceDialog
              app={app}
              options={options}
              onClose={() => setCreating(false)}
            />
          )}
        </>
      )}
    </LiveContent>
  );
}

function refusalOf({
  environments,
  problem,
}: {
  environments: string[];
  problem?: string;
}): string {
  if (problem) return ` ${problem}.`;
  return environments.length === 0
    ? ' To create one, deploy the newest commit to an environment that is not protected.'
    : '';
}
