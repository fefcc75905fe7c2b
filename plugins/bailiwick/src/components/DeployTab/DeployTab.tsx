import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  LiveMark,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { ForeignApp } from '../access/ForeignApp';
import { isRefused } from '../access/isRefused';
import { useDeployment } from '../useDeployment';
import { Details } from './details/Details';
import { Pipeline } from './pipeline/Pipeline';
import { RunsCard } from './runs/RunsCard';
import { useCommits } from './useCommits';

/** Heights of the environments, the tabs and the first of them, pixels. */
const layout = [280, 48, 200];

/** Shows the environments of an app from draft to production, and below them its pods, logs, events, metrics and history. */
export function DeployTab() {
  const { live } = useDeployment();
  if (isRefused(live)) return <ForeignApp />;
  return (
    <Stack spacing={1}>
      <Stack direction="row" justify="space-between">
        <Typography variant="h5" component="h2">
          Environments
        </Typography>
        <LiveMark live={live} />
      </Stack>
      <LiveContent live={live} what="Environments" skeletons={layout}>
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
      <section aria-label="Environments">
        <Pipeline app={app} commits={commits} pipeline={pipeline} pods={pods} />
      </section>
      {work && <RunsCard app={app} work={work} />}
      <Details commits={commits} commitsError={error} view={view} />
    </Stack>
  );
}
