import type { RunningDifference } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Typography } from '@material-ui/core';
import { DifferenceList } from './DifferenceList';
import { commitIn, environmentIn } from './stages';

/** What a release would change in an environment, in words and as code. */
export function ReleaseDifferences({
  app,
  differences,
  environment,
  pipeline,
  release,
}: {
  app: AppView;
  differences: RunningDifference[];
  environment: string;
  pipeline: PipelineView;
  /** Name of the release. */
  release: string;
}) {
  if (!environmentIn(app, environment))
    return (
      <Typography variant="body2">
        First deployment to this environment
      </Typography>
    );
  const from = commitIn(app, environment);
  const to = pipeline.releases.find(({ name }) => name === release)?.commit;
  return (
    <DifferenceList
      app={app.metadata.name}
      tenant={app.tenant}
      differences={differences}
      commits={from && to ? { from, to } : undefined}
    />
  );
}
