import type { Condition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ConditionList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { TabCard } from '../../TabCard';

/** The operator's view of an app, in parts. */
export function ConditionsCard({
  conditions = [],
}: {
  conditions?: Condition[];
}) {
  return (
    <TabCard title="Conditions">
      {conditions.length > 0 ? (
        <ConditionList conditions={conditions} />
      ) : (
        <Typography color="textSecondary">
          No status yet. Wait a moment.
        </Typography>
      )}
    </TabCard>
  );
}
