import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  EmptyState,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { ForeignApp } from '../access/ForeignApp';
import { isRefused } from '../access/isRefused';
import { isOutOfReach } from '../AppHeader/codeAddress';
import { useDeployment } from '../useDeployment';
import { useMe } from '../useMe';
import { OtherWorkspaces } from './OtherWorkspaces';
import { OwnWorkspace } from './OwnWorkspace';
import { NoWorkspace } from './NoWorkspace';

/** JupyterLab for the code of an app: the person's own workspace, and those of other members. */
export function WorkspacesTab() {
  const { live } = useDeployment();
  const { error, value: me } = useMe();
  if (isRefused(live)) return <ForeignApp />;
  return (
    <LiveContent live={live} what="Workspaces" skeletons={[240]}>
      {({ app, workspaces }) =>
        isOutOfReach(app) ? (
          <EmptyState title="Code on another git host">
            Workspaces are for code that this portal can change. The code of
            this app is in {app.spec.source.repository}.
          </EmptyState>
        ) : (
          <LiveContent
            live={{ error, value: me }}
            what="Workspaces"
            skeletons={[240]}
          >
            {({ user }) => (
              <Workspaces app={app} user={user} workspaces={workspaces} />
            )}
          </LiveContent>
        )
      }
    </LiveContent>
  );
}

function Workspaces({
  app,
  user,
  workspaces,
}: {
  app: AppView;
  user: string;
  workspaces: WorkspaceView[];
}) {
  const own = workspaces.find(({ owner }) => owner === user);
  const others = workspaces.filter(one => one !== own);
  return (
    <Stack spacing={3}>
      {own ? (
        <OwnWorkspace app={app} workspace={own} />
      ) : (
        <NoWorkspace app={app} />
      )}
      {others.length > 0 && <OtherWorkspaces app={app} workspaces={others} />}
    </Stack>
  );
}
