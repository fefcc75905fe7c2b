import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { RequestNotes } from '../../change/RequestNote';
import { formatCost } from '../../formatCost';
import type { TenantFacts } from '../facts/TenantFacts';
import { PlanDialog } from './PlanDialog';
import { QuotaTable } from './QuotaTable';
import { QuotaHistory } from './QuotaHistory';

/** Usage and limits, their history, and a way to request more. */
export function QuotaTab({ facts }: { facts: TenantFacts }) {
  const { plan, plans, tenant } = facts;
  return (
    <Stack spacing={3}>
      <RequestNotes actions={['changePlan']} facts={facts} />
      <Stack direction="row" justify="space-between">
        <Typography>
          {plan
            ? `Plan ${plan.spec.title}: ${formatCost(
                plan,
                tenant.spec.environments,
              )}.`
            : `Plan ${tenant.spec.plan}.`}
        </Typography>
        <ActionButton
          action="changePlan"
          facts={facts}
          variant="contained"
          color="primary"
          problem={
            plans.length === 1 && plan ? 'There is no other plan.' : undefined
          }
          dialog={onClose => <PlanDialog facts={facts} onClose={onClose} />}
        >
          Change plan
        </ActionButton>
      </Stack>
      <QuotaTable facts={facts} />
      <QuotaHistory samples={tenant.status?.usage} />
    </Stack>
  );
}
