import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  Facts,
  formatCount,
  formatDate,
  HealthIcon,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { TabCard } from '../TabCard';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog';
import { describeSize, healthOf } from './describeWorkspace';
import { GuideLink } from './GuideLink';

const blocked =
  'The browser blocked the new window. Allow windows from this page, and try again.';

/** The workspace of the signed-in person, with its actions. */
export function OwnWorkspace({
  app,
  workspace,
}: {
  app: AppView;
  workspace: WorkspaceView;
}) {
  const client = useApi(bailiwickApiRef);
  const [isDeleting, setDeleting] = useState(false);
  const { tenant } = app;
  const { name: appName } = app.metadata;
  const { name, next, phase, why } = workspace;
  // One for all actions, so that a success hides the error of an earlier action.
  const [{ error, loading: isBusy }, run] = useAsyncFn(
    (action: () => Promise<unknown>) => action(),
    [],
  );
  const switchTo = (action: 'start' | 'stop') =>
    run(() => client.switchWorkspace(tenant, appName, name, action));
  const open = async () => {
    // Browsers block windows that a click does not open at once.
    const page = window.open('', '_blank');
    if (!page) throw new Error(blocked);
    try {
      const { url } = await client.openWorkspace(tenant, appName, name);
      page.opener = null;
      page.location.href = url;
    } catch (failure) {
      page.close();
      throw failure;
    }
  };
  return (
    <TabCard title="Your workspace">
      <Stack>
        <Stack direction="row" spacing={1} role="status">
          <HealthIcon health={healthOf[phase]} />
          <Typography>
            <b>{phase}</b>
            {why ? ` – ${why}` : ''}
          </Typography>
        </Stack>
        {next && <Typography color="textSecondary">{next}</Typography>}
        <Facts
          facts={[
            ['Environment', workspace.environment],
            ['Size', describeSize(workspace)],
            [
              'Stops',
              `after ${formatCount(
                workspace.idleMinutes,
                'minute',
              )} without activity`,
            ],
            ...(workspace.startedAt
              ? [
                  [
                    'Last start',
                    <RelativeTime key="start" at={workspace.startedAt} />,
                  ] as [string, JSX.Element],
                ]
              : []),
            ...(workspace.expiresAt
              ? [
                  [
                    'Expires',
                    `${formatDate(
                      workspace.expiresAt,
                    )}, with its files, unless you start it`,
                  ] as [string, string],
                ]
              : []),
          ]}
        />
        {error && <Alert severity="error">{error.message}</Alert>}
        <Stack direction="row" spacing={1}>
          {phase === 'Running' && (
            <Button
              variant="contained"
              color="primary"
              endIcon={<OpenInNewIcon />}
              disabled={isBusy}
              onClick={() => run(open)}
            >
              Open JupyterLab
            </Button>
          )}
          {(!workspace.isOn || phase === 'Failed') && (
            <Button
              variant="contained"
              color="primary"
              disabled={isBusy || !app.canBuild}
              onClick={() => switchTo('start')}
            >
              Start workspace
            </Button>
          )}
          {workspace.isOn && (
            <Button
              variant="outlined"
              disabled={isBusy}
              onClick={() => switchTo('stop')}
            >
              Stop workspace
            </Button>
          )}
          <Button
            variant="outlined"
            disabled={isBusy}
            onClick={() => setDeleting(true)}
          >
            Delete workspace
          </Button>
        </Stack>
        <GuideLink>Learn how to publish from a workspace</GuideLink>
      </Stack>
      {isDeleting && (
        <DeleteWorkspaceDialog
          app={app}
          workspace={workspace}
          onClose={() => setDeleting(false)}
        />
      )}
    </TabCard>
  );
}
