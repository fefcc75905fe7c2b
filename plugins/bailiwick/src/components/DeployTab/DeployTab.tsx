import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  LiveMark,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useDeployment } from '../useDeployment';
import { Details } from './details/Details';
import { Pipeline } from './pipeline/Pipeline';
import { RunsCard } from './RunsCard';
import { useCommits } from './useCommits';

/** What runs where, and may I move it? The environments of an app, and below them what there is to know of it, live. */
export function DeployTab() {
  const { live } = useDeployment();
  return (
    <Stack>
      <Stack direction="row" justify="space-between">
        <Typography variant="h5" component="h2">
          What runs where
        </Typography>
        <LiveMark live={live} />
      </Stack>
      <LiveContent live={live} what="Environments">
        {view => <Deployment view={view} />}
      </LiveContent>
    </Stack>
  );
}

function Deployment({ view }: { view: DeploymentView }) {
  const { app, pipeline, pods, work } = view;
  const { commits, error } = useCommits(app);
  return (
    <Stack spacing={3}>
      <Pipeline app={app} commits={commits} pipeline={pipeline} pods={pods} />
      {work && <RunsCard app={app} work={work} />}
      <Details commits={commits} commitsError={error} view={view} />
    </Stack>
  );
}
