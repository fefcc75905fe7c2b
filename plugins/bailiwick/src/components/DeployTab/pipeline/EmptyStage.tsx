import { InfoCard } from '@backstage/core-components';
import type { PipelineStage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Typography } from '@material-ui/core';

/** An environment of the tenant in which the app does not run. */
export function EmptyStage({ stage }: { stage: PipelineStage }) {
  return (
    <InfoCard title={stage.name}>
      <Typography color="textSecondary">
        The app does not run here.{' '}
        {stage.protected
          ? 'The environment is protected: it takes releases, and a second person agrees to each.'
          : 'Promote a release into it.'}
      </Typography>
    </InfoCard>
  );
}
