import type {
  AppView,
  PipelineStage,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Typography } from '@material-ui/core';
import { ApprovalPending } from './ApprovalPending';
import { StageCard } from './StageCard';

/** An environment of the tenant in which the app does not run. */
export function EmptyStage({
  app,
  stage,
}: {
  app: AppView;
  stage: PipelineStage;
}) {
  return (
    <StageCard stage={stage} tenant={app.tenant}>
      {stage.asked ? (
        <ApprovalPending app={app} pending={stage.asked} />
      ) : (
        <Typography variant="body2" color="textSecondary">
          Not deployed.{' '}
          {stage.protected
            ? 'This environment is protected: promote a release, which a second person must approve.'
            : 'Promote a release to deploy the app here.'}
        </Typography>
      )}
    </StageCard>
  );
}
