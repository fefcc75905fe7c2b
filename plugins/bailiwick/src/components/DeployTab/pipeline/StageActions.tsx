import { useApi } from '@backstage/core-plugin-api';
import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isSameCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineStage,
  PipelineView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatRelease,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Tooltip, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { commitIn, isOver, rollbackOf } from './stages';
import { SettingsDialog } from './SettingsDialog';

/** The ways to change the code of an environment: publish it, roll it back, follow the newest commit, change its settings. */
export function StageActions({
  app,
  environment,
  onRollBack,
  pipeline,
  stage,
}: {
  app: AppView;
  environment: AppEnvironment;
  /** Opens the way back to an earlier release. */
  onRollBack: (release: string) => void;
  pipeline: PipelineView;
  stage: PipelineStage;
}) {
  const client = useApi(bailiwickApiRef);
  const [opened, setOpened] = useState<'follow' | 'settings'>();
  const { tenant } = app;
  const { name } = app.metadata;
  const commit = commitIn(app, stage.name);
  // A refusal concerns the commit that was running.
  const [asked, setAsked] = useState<string>();
  const [publication, publish] = useAsyncFn(
    (format?: ReleaseView['format']) => {
      setAsked(commit);
      return client.publishRelease(tenant, name, {
        environment: stage.name,
        format,
      });
    },
    [client, commit, tenant, name, stage.name],
  );
  if (stage.refusal) return null;
  // The results of code that is not responding are unknown.
  const answers = app.status?.environments?.some(
    ({ name: of, pods }) => of === stage.name && pods.ready > 0,
  );
  const published = pipeline.releases.filter(one =>
    isSameCommit(one.commit, commit),
  );
  const canPublish = !environment.release && answers;
  const canRelease = published.every(({ build }) => isOver(build));
  const canBuildImage = published.every(({ format }) => format !== 'image');
  const earlier = rollbackOf(app, pipeline, stage.name);
  const close = () => setOpened(undefined);
  return (
    <>
      <Stack direction="row" spacing={1}>
        {canPublish && (canRelease || canBuildImage) && (
          // It stays in its place, so that a double click publishes once.
          <Button
            size="small"
            variant="contained"
            color="primary"
            disabled={!canRelease || publication.loading}
            onClick={() => publish()}
          >
            {canRelease ? 'Publish a release' : 'Release published'}
          </Button>
        )}
        {canPublish && canBuildImage && (
          <Tooltip title="Builds one image with runtime, packages and code, which also runs elsewhere">
            <Button
              size="small"
              variant="outlined"
              disabled={publication.loading}
              onClick={() => publish('image')}
            >
              Publish as image
            </Button>
          </Tooltip>
        )}
        {earlier && (
          <Button
            size="small"
            variant="outlined"
            disabled={Boolean(stage.asked)}
            aria-label={`Roll back ${stage.name} to ${formatRelease(
              earlier.name,
            )}`}
            onClick={() => onRollBack(earlier.name)}
          >
            Roll back
          </Button>
        )}
        {environment.release && !stage.protected && (
          <Button
            size="small"
            variant="outlined"
            onClick={() => setOpened('follow')}
          >
            Follow newest commit
          </Button>
        )}
        {pipeline.settings && !stage.protected && (
          <Button
            size="small"
            variant="outlined"
            onClick={() => setOpened('settings')}
          >
            Settings
          </Button>
        )}
      </Stack>
      {!environment.release && environment.scaleToZeroMinutes && !answers && (
        <Typography variant="caption" color="textSecondary">
          To publish the draft, restart it first: its contract is read from a
          pod.
        </Typography>
      )}
      {earlier && stage.asked && (
        <Typography variant="caption" color="textSecondary">
          To roll back, withdraw the pending promotion first, or wait for the
          decision.
        </Typography>
      )}
      {publication.error && asked === commit && (
        <Alert severity="error">{publication.error.message}</Alert>
      )}
      {opened === 'follow' && (
        <ConfirmDialog
          title={`Follow newest commit in ${stage.name}`}
          confirm="Follow"
          onConfirm={() => client.followNewest(tenant, name, stage.name)}
          onClose={close}
        >
          <Typography>
            The newest commit replaces{' '}
            {environment.release && formatRelease(environment.release)}. Commits
            that are pushed later are deployed automatically.
          </Typography>
        </ConfirmDialog>
      )}
      {opened === 'settings' && pipeline.settings && (
        <SettingsDialog
          app={app}
          environment={environment}
          schema={pipeline.settings}
          onClose={close}
        />
      )}
    </>
  );
}
